import type { ErrorCode } from '../../functions/lib/entail-error.ts';
import { drawnPicture, drawnPixels } from '../bench/drawn-picture.ts';
import type { EncodeJpeg } from '../bench/jpeg-encoder.ts';
import { encodeRequest } from './encode-request.ts';
import type { Kind } from './kind.ts';

const SOF0 = [0xff, 0xc0];
/** Offsets behind a frame's marker. */
const [PRECISION_AT, HEIGHT_AT] = [4, 5];
const JSON_TYPE = { 'Content-Type': 'application/json' };
const FORM_TYPE = { 'Content-Type': 'multipart/form-data; boundary=x' };

/** Requests that must be refused: pictures, bodies and texts, each with its code. */
export function badKinds(encode: EncodeJpeg): Kind[] {
  const jpeg = encode(drawnPixels(640, 480), 640, 480);
  const png = drawnPicture(300, 200);
  const frame = Buffer.from(jpeg).indexOf(Buffer.from(SOF0));
  const pictures: readonly (readonly [string, ErrorCode, Uint8Array])[] = [
    ['a JPEG cut at half', 'image_truncated', jpeg.subarray(0, jpeg.length >> 1)],
    ['a JPEG of 12 bits', 'unsupported_jpeg', patched(jpeg, frame + PRECISION_AT, [12])],
    ['an arithmetic JPEG', 'unsupported_jpeg', patched(jpeg, frame + 1, [0xc9])],
    ['a lossless JPEG', 'unsupported_jpeg', patched(jpeg, frame + 1, [0xc3])],
    [
      'a JPEG that claims 32768 x 32768',
      'image_too_large',
      patched(jpeg, frame + HEIGHT_AT, [128, 0, 128, 0]),
    ],
    ['a PNG cut at half', 'image_truncated', png.subarray(0, png.length >> 1)],
    ['a PNG with a flipped bit', 'image_corrupt', flipped(png, png.length >> 1)],
    ['a GIF', 'unsupported_media', Buffer.from('GIF89a\x01\0\x01\0\x80\0\0')],
    ['noise', 'unsupported_media', Buffer.from('not a picture at all')],
  ];
  const texts: readonly (readonly [string, ErrorCode, string])[] = [
    ['NUL in a text', 'bad_text', 'a \u0000 dog'],
    ['half of a surrogate pair', 'bad_text', 'a \ud83d dog'],
    ['2,001 characters', 'invalid_request', 'a'.repeat(2001)],
    ['a text that says nothing', 'invalid_request', '???'],
  ];
  const bodies: readonly (readonly [string, ErrorCode, Record<string, string>, string])[] = [
    ['JSON cut short', 'bad_request', JSON_TYPE, '{"image": "'],
    ['deep JSON', 'invalid_request', JSON_TYPE, `${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['bad base64', 'invalid_request', JSON_TYPE, '{"image": "A*==", "hypothesis": "a"}'],
    ['a form that never ends', 'bad_request', FORM_TYPE, '--x\r\nContent-Disposition: form-data'],
    ['text as a body', 'unsupported_media', { 'Content-Type': 'text/plain' }, 'a dog'],
  ];
  return [
    ...pictures.map(([name, code, image]) => ({
      name,
      code,
      make: () => encodeRequest('raw', { image, hypotheses: ['a dog.'] }),
    })),
    ...texts.map(([name, code, text]) => ({
      name,
      code,
      make: () => encodeRequest('json', { image: jpeg, hypotheses: [text] }),
    })),
    ...bodies.map(([name, code, headers, body]) => ({
      name,
      code,
      make: async () => ({ path: '/v1/entail', headers, body: Buffer.from(body) }),
    })),
  ];
}

/** A copy with other bytes from an offset on. */
function patched(file: Uint8Array, at: number, bytes: readonly number[]): Uint8Array {
  const copy = Uint8Array.from(file);
  copy.set(bytes, at);
  return copy;
}

function flipped(file: Uint8Array, at: number): Uint8Array {
  return patched(file, at, [(file[at] ?? 0) ^ 1]);
}
