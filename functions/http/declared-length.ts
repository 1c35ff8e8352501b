import { EntailError } from '../lib/entail-error.ts';
import { MAX_BODY_BYTES } from './limits.ts';

/**
 * Reads Content-Length, so that too much is refused before any of it is read.
 *
 * @returns Bytes, 0 to {@linkcode MAX_BODY_BYTES}; null when the header is absent.
 * @throws {EntailError} `bad_request`: not a number of bytes; `body_too_large`.
 */
export function declaredLength(headers: Headers): number | null {
  const header = headers.get('Content-Length');
  if (header === null) return null;
  if (!/^[0-9]+$/.test(header)) {
    throw new EntailError(
      'bad_request',
      `cannot read the request: Content-Length is ${JSON.stringify(header.slice(0, 40))}, not a number of bytes`,
    );
  }
  const length = Number(header);
  if (length > MAX_BODY_BYTES) {
    throw new EntailError(
      'body_too_large',
      `cannot take the body: ${header.slice(0, 40)} bytes, at most ${MAX_BODY_BYTES}`,
    );
  }
  return length;
}
