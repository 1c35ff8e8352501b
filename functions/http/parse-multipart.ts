import { EntailError } from '../lib/entail-error.ts';
import { countDelimiters } from './count-delimiters.ts';
import { type Field, textFields } from './field.ts';
import { gatherValues } from './gather-values.ts';
import { MAX_PARTS } from './limits.ts';
import { multipartBoundary } from './multipart-boundary.ts';
import type { RequestSchemas } from './schema/request-schemas.ts';
import { validate } from './schema/validate.ts';

/**
 * Reads the fields of a multipart body; other names are passed over.
 *
 * @param contentType The header with its boundary.
 * @throws {EntailError} `bad_request`: not multipart; `invalid_request`: a part of the wrong kind,
 *   or too many.
 * @see RFC 7578
 */
export async function parseMultipart(
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
  { form, lists }: RequestSchemas,
): Promise<Field[]> {
  const boundary = multipartBoundary(contentType);
  // One more delimiter ends the form.
  if (countDelimiters(bytes, boundary, MAX_PARTS + 2) > MAX_PARTS + 1) {
    throw new EntailError('invalid_request', `cannot read the form: more than ${MAX_PARTS} parts`);
  }
  const entries = await parse(bytes, boundary);
  const { image, ...texts } = validate(form, gatherValues(entries, form.shape, lists));
  const value = new Uint8Array(await image.arrayBuffer());
  return [...textFields(texts), { name: 'image', value }];
}

async function parse(bytes: Uint8Array<ArrayBuffer>, boundary: string): Promise<FormData> {
  // Written anew, so that what was counted is what is split.
  const headers = { 'Content-Type': `multipart/form-data; boundary="${boundary}"` };
  try {
    return await new Response(bytes, { headers }).formData();
  } catch (error) {
    throw new EntailError('bad_request', 'cannot read the form: it is not multipart/form-data', {
      cause: error,
    });
  }
}
