import { drawnPicture, drawnPixels } from '../bench/drawn-picture.ts';
import type { EncodeJpeg } from '../bench/jpeg-encoder.ts';
import { encodeRequest, FORMS } from './encode-request.ts';
import type { Kind } from './kind.ts';
import { unlike } from './unlike.ts';

const ONE = ['there are two birds.'];
const SEVERAL = ['a dog.', 'there are two birds.', 'a red car is above a tree.'];

/** Questions that have an answer: pictures from thumbnails to eight megapixels, all forms, old and new files, batches. */
export function goodKinds(encode: EncodeJpeg): Kind[] {
  const jpeg = (width: number, height: number, options = {}) =>
    encode(drawnPixels(width, height), width, height, options);
  const small = jpeg(520, 390);
  const kinds: Kind[] = [];
  function add(name: string, make: Kind['make']): void {
    kinds.push({ name, code: null, make });
  }
  for (const form of FORMS) {
    add(`a known picture, ${form}`, () => encodeRequest(form, { image: small, hypotheses: ONE }));
    add(`a new picture, ${form}`, (n) =>
      encodeRequest(form, { image: unlike(small, n), hypotheses: ONE, premise: 'a park' }),
    );
    add(`a batch, ${form === 'raw' ? 'multipart' : form}`, (n) =>
      encodeRequest(form === 'raw' ? 'multipart' : form, {
        image: unlike(small, n),
        hypotheses: form === 'json' ? SEVERAL : SEVERAL.slice(1),
      }),
    );
  }
  const pictures = {
    'a thumbnail': jpeg(64, 48),
    'two megapixels': jpeg(1600, 1200),
    'eight megapixels': jpeg(3264, 2448),
    'a progressive JPEG': jpeg(1600, 1200, { progressive: true }),
  };
  for (const [name, image] of Object.entries(pictures)) {
    add(name, (n) => encodeRequest('raw', { image: unlike(image, n), hypotheses: ONE }));
  }
  const png = drawnPicture(900, 700);
  add('a PNG', () => encodeRequest('multipart', { image: png, hypotheses: SEVERAL.slice(0, 1) }));
  const long = ['a dog runs. '.repeat(160)];
  add('a long text', (n) => encodeRequest('json', { image: unlike(small, n), hypotheses: long }));
  return kinds;
}
