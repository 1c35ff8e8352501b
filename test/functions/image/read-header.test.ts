import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MAX_IMAGE_PIXELS } from '../../../functions/image/check-image-size.ts';
import { readHeader } from '../../../functions/image/read-header.ts';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { imageFixture } from './fixture.ts';

const CODES = [
  'unsupported_media',
  'unsupported_jpeg',
  'unsupported_png',
  'image_too_large',
  'image_truncated',
  'image_corrupt',
];

/** Reads a header that may be nonsense: a sensible answer or an EntailError, nothing else. */
function check(bytes: Uint8Array): void {
  try {
    const { width, height, orientation, picture } = readHeader(bytes);
    assert.ok(width >= 1 && height >= 1 && width * height <= MAX_IMAGE_PIXELS);
    assert.ok(orientation >= 1 && orientation <= 8);
    assert.ok(picture.length > 0);
  } catch (error) {
    assert.ok(error instanceof EntailError, String(error));
    assert.ok(CODES.includes(error.code), error.code);
  }
}

test('readHeader() tells the two formats apart', () => {
  assert.equal(readHeader(imageFixture('grey.jpg')).format, 'jpeg');
  assert.equal(readHeader(imageFixture('grey.png')).format, 'png');
});

test('readHeader() answers any bytes behind any magic number', () => {
  const magic = fc.constantFrom([], [0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  fc.assert(
    fc.property(magic, fc.uint8Array({ maxLength: 400 }), (start, rest) => {
      check(Uint8Array.from([...start, ...rest]));
    }),
    { numRuns: 2000 },
  );
});

for (const name of ['exif-orientation-6.jpg', 'progressive.jpg', 'palette.png', 'grey-alpha.png']) {
  test(`readHeader() answers ${name} with any bytes changed, cut out or put in`, () => {
    const file = imageFixture(name);
    // Most of what a reader looks at stands at the start.
    const place = fc.oneof(fc.nat(700), fc.nat(file.length));
    const edit = fc.record({
      at: place,
      remove: fc.nat(3),
      insert: fc.uint8Array({ maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        let bytes = [...file];
        for (const { at, remove, insert } of edits) {
          bytes = [...bytes.slice(0, at), ...insert, ...bytes.slice(at + remove)];
        }
        check(Uint8Array.from(bytes));
      }),
      { numRuns: 200 },
    );
  });
}
