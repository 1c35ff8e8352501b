import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageType } from '../../../functions/image/image-type.ts';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { imageFixture } from './fixture.ts';
import { throwsCode } from './throws-code.ts';

const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test('imageType() goes by the first bytes', () => {
  assert.equal(imageType(imageFixture('grey.jpg')), 'jpeg');
  assert.equal(imageType(imageFixture('grey.png')), 'png');
  assert.equal(imageType(latin1('\xff\xd8\xff')), 'jpeg');
  assert.equal(imageType(latin1('\x89PNG')), 'png');
});

for (const [name, start] of [
  ['GIF', 'GIF89a'],
  ['WebP', 'RIFF\x24\0\0\0WEBPVP8 '],
  ['AVIF', '\0\0\0\x1cftypavif\0\0\0\0'],
  ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0'],
  ['HEIC', '\0\0\0\x18ftypmif1\0\0\0\0'],
  ['TIFF', 'II*\0\x08\0\0\0'],
  ['TIFF', 'MM\0*\0\0\0\x08'],
  ['BMP', 'BM\x36\0\0\0'],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg">'],
  ['SVG', '\xef\xbb\xbf\n<?xml version="1.0"?>\n<!-- drawn -->\n<SVG>'],
] as const) {
  test(`imageType() names ${name} in its refusal of ${JSON.stringify(start.slice(0, 16))}`, () => {
    assert.throws(
      () => imageType(latin1(start)),
      (error) =>
        error instanceof EntailError &&
        error.code === 'unsupported_media' &&
        error.message.includes(`${name};`),
    );
  });
}

test('imageType() refuses what is no image', () => {
  for (const start of ['', '\xff\xd8', '{"a":1}', 'PNG', 'RIFF\0\0\0\0WAVE', '<html>']) {
    throwsCode(() => imageType(latin1(start)), 'unsupported_media');
  }
});

test('imageType() looks at the first 512 bytes only: a long file costs no more than a short one', () => {
  const svg = (spaces: number) => `<?xml?>${' '.repeat(spaces)}<svg >`;
  const named = (text: string) => () => imageType(latin1(text));
  assert.throws(named(svg(500)), /SVG/);
  assert.throws(named(svg(501)), /not an image format known here/);
});
