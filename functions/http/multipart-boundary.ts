import { EntailError } from '../lib/entail-error.ts';

/** RFC 2046, 5.1.1: up to 70 characters, no space at the end. */
const BOUNDARY = /;\s*boundary=(?:"([^"]*)"|([^;\s]*))\s*(?:;|$)/i;
const ALLOWED = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/;

/**
 * Reads the boundary of a multipart body.
 *
 * @param contentType The header.
 * @throws {EntailError} `bad_request`: there is none, or one that RFC 2046 does not allow.
 */
export function multipartBoundary(contentType: string): string {
  const [, quoted, plain] = BOUNDARY.exec(contentType) ?? [];
  const boundary = quoted ?? plain ?? '';
  if (ALLOWED.test(boundary)) return boundary;
  throw new EntailError(
    'bad_request',
    'cannot read the form: Content-Type has no boundary of 1 to 70 characters',
  );
}
