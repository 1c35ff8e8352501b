import type { Picture } from './client.ts';
import { EndpointError } from './endpoint-error.ts';

/** The endpoint's limit: it hangs up on more, which would look like a lost connection. */
export const MAX_IMAGE_BYTES = 10 * 1024 * 1024;

/** A request's body, to be sent as often as need be. */
export interface Form {
  readonly body: Blob;
  readonly contentType: string;
}

/**
 * Writes multipart/form-data. `FormData` would turn each line feed of a text into two characters.
 *
 * @param texts Names and values; a name may stand there more than once.
 * @throws {EndpointError} `body_too_large`: the image.
 * @throws {TypeError} The image is neither a Blob nor bytes.
 * @see RFC 7578
 */
export function encodeForm(image: Picture, texts: readonly (readonly [string, string])[]): Form {
  const file = toBlob(image);
  if (file.size > MAX_IMAGE_BYTES) {
    throw new EndpointError(
      `cannot send the image: ${file.size} bytes, at most ${MAX_IMAGE_BYTES}`,
      { code: 'body_too_large' },
    );
  }
  const boundary = randomBoundary();
  const part = (disposition: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`;
  const fields = texts.flatMap(([name, value]) => [part(`name="${name}"`), value, '\r\n']);
  const body = new Blob([
    ...fields,
    part('name="image"; filename="image"'),
    file,
    `\r\n--${boundary}--\r\n`,
  ]);
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}

/** Not `randomUUID()`, which pages have over https alone. */
function randomBoundary(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `edge-entail-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function toBlob(image: Picture): Blob {
  if (image instanceof Blob) return image;
  if (image instanceof ArrayBuffer) return new Blob([image]);
  if (image instanceof Uint8Array) return new Blob([new Uint8Array(image)]);
  throw new TypeError(
    'cannot send the image: it must be a Blob, an ArrayBuffer or a Uint8Array with a JPEG or PNG file',
  );
}
