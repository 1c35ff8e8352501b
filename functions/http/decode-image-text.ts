import { EntailError } from '../lib/entail-error.ts';
import { decodeBase64 } from './decode-base64.ts';

/**
 * Reads an image that was sent as text.
 *
 * @param value Base64, or a `data:` URL with base64 in it.
 * @throws {EntailError} `invalid_request`: neither of them.
 */
export function decodeImageText(value: string): Uint8Array<ArrayBuffer> {
  if (/^https?:/i.test(value)) {
    throw refusal('it must be base64 or a data: URL, images are not fetched from the web');
  }
  if (!/^data:/i.test(value)) return decode(value, 0);
  const comma = value.indexOf(',');
  if (comma === -1 || !/;base64$/i.test(value.slice(0, comma))) {
    throw refusal('the data: URL is not one with base64 in it');
  }
  return decode(value, comma + 1);
}

function decode(text: string, start: number): Uint8Array<ArrayBuffer> {
  const bytes = decodeBase64(text, start);
  if (bytes === null) throw refusal('it is not base64');
  return bytes;
}

function refusal(why: string): EntailError {
  return new EntailError('invalid_request', `cannot read the image: ${why}`);
}
