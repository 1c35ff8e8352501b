import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PNG } from 'pngjs';
import type { Codecs } from '../../../functions/image/codecs.ts';
import { prepareImage } from '../../../functions/image/prepare-image.ts';
import { makeChunk, makePng, type PngRecipe } from '../../../scripts/lib/make-png.ts';
import { nodeCodecs } from '../../lib/codecs.ts';
import { imageFixture } from './fixture.ts';
import { makeExif, orientationEntry } from './make-exif.ts';
import { rejectsCode } from './throws-code.ts';

const RESIZED = new URL('../../fixtures/resized/', import.meta.url);

const codecs = await nodeCodecs();

/** `[side, side, 3]` of a golden that Pillow 9.4 with libjpeg-turbo 2.1.5 made. */
function golden(file: string): Uint8Array {
  const rgba = PNG.sync.read(readFileSync(new URL(file, RESIZED))).data;
  return new Uint8Array(rgba).filter((_, i) => i % 4 !== 3);
}

/** The pixels of a PNG made on the spot, at its own size: no resampling changes anything. */
async function pixelsOf(recipe: Omit<PngRecipe, 'width' | 'height'>, side = 2): Promise<number[]> {
  const file = makePng({ width: side, height: side, ...recipe });
  return [...(await prepareImage(file, side, codecs)).pixels];
}

// Pillow also takes the CMYK picture, which is refused here.
const goldens = readdirSync(RESIZED).filter((file) => !file.startsWith('cmyk.jpg'));

test('prepareImage() has goldens for both formats and both sizes', () => {
  assert.ok(goldens.length >= 20);
});

for (const file of goldens) {
  const [, name = '', side] = /^(.+)\.(\d+)\.png$/.exec(file) ?? [];
  // No tolerance for JPEG either: mozjpeg 3 and libjpeg-turbo 2.1 share the exact integer transform,
  // and upsample 4:4:4, 4:2:2 and 4:2:0 alike. (They differ in 4:4:0 and in overflowing, damaged data.)
  test(`prepareImage() of ${name} to ${side} equals Pillow bit for bit`, async () => {
    const { pixels, format } = await prepareImage(imageFixture(name), Number(side), codecs);
    assert.equal(format, name.endsWith('png') ? 'png' : 'jpeg');
    assert.deepEqual(pixels, golden(file));
  });
}

test('prepareImage() reports the upright size', async () => {
  const { width, height } = await prepareImage(imageFixture('exif-orientation-6.jpg'), 8, codecs);
  assert.deepEqual([width, height], [200, 320]);
});

test('prepareImage() refuses CMYK', async () => {
  await rejectsCode(prepareImage(imageFixture('cmyk.jpg'), 96, codecs), 'unsupported_jpeg');
});

test('prepareImage() asks no codec about a file with a bad header', async () => {
  const never = () => assert.fail('a codec was called');
  const blind = { jpeg: never, png: never };
  for (const name of ['cmyk.jpg', 'grey.jpg', 'rgb.png']) {
    const file = imageFixture(name).subarray(0, 200);
    await assert.rejects(prepareImage(file, 8, blind), { name: 'EntailError' });
  }
});

test('prepareImage() refuses a picture of another size than announced', async () => {
  const other: Codecs = {
    ...codecs,
    png: async (_bytes, use) => use({ rgba: new Uint8Array(4), width: 1, height: 1 }),
  };
  await rejectsCode(prepareImage(imageFixture('rgb.png'), 8, other), 'image_corrupt');
});

test('prepareImage() drops alpha and keeps the colour beneath, however transparent', async () => {
  const rows = Uint8Array.of(0, 9, 8, 7, 0, 200, 100, 50, 1, 0, 1, 2, 3, 255, 4, 5, 6, 128);
  const expected = [9, 8, 7, 200, 100, 50, 1, 2, 3, 4, 5, 6];
  assert.deepEqual(await pixelsOf({ depth: 8, colourType: 6, rows }), expected);
});

test('prepareImage() ignores tRNS in grey, colour and palette', async () => {
  const before = (trns: number[]) => [makeChunk('tRNS', Uint8Array.from(trns))];
  const grey = Uint8Array.of(0, 9, 8, 0, 7, 9);
  assert.deepEqual(
    await pixelsOf({ depth: 8, colourType: 0, rows: grey, before: before([0, 9]) }),
    [9, 9, 9, 8, 8, 8, 7, 7, 7, 9, 9, 9],
  );
  const colour = Uint8Array.of(0, 9, 8, 7, 1, 2, 3, 0, 9, 8, 7, 4, 5, 6);
  const trns = before([0, 9, 0, 8, 0, 7]);
  assert.deepEqual(
    await pixelsOf({ depth: 8, colourType: 2, rows: colour, before: trns }),
    [9, 8, 7, 1, 2, 3, 9, 8, 7, 4, 5, 6],
  );
  const palette = [makeChunk('PLTE', Uint8Array.of(9, 8, 7, 1, 2, 3)), ...before([0])];
  const bits = Uint8Array.of(0, 0b01000000, 0, 0b10000000);
  assert.deepEqual(
    await pixelsOf({ depth: 1, colourType: 3, rows: bits, before: palette }),
    [9, 8, 7, 1, 2, 3, 1, 2, 3, 9, 8, 7],
  );
});

test('prepareImage() clips grey of 16 bits and takes the high byte of other kinds', async () => {
  const grey = Uint8Array.of(0, 0, 0, 0, 200, 0, 0, 255, 1, 0);
  assert.deepEqual(
    await pixelsOf({ depth: 16, colourType: 0, rows: grey }),
    [0, 0, 0, 200, 200, 200, 255, 255, 255, 255, 255, 255],
  );
  const greyAlpha = Uint8Array.of(0, 0, 200, 0, 0, 1, 0, 9, 9, 0, 9, 255, 9, 9, 255, 255, 1, 1);
  assert.deepEqual(
    await pixelsOf({ depth: 16, colourType: 4, rows: greyAlpha }),
    [0, 0, 0, 1, 1, 1, 9, 9, 9, 255, 255, 255],
  );
  const colour = Uint8Array.of(0, 1, 255, 2, 128, 3, 0, 4, 0, 5, 0, 6, 0);
  const rows = Uint8Array.from([...colour, ...colour]);
  assert.deepEqual(
    await pixelsOf({ depth: 16, colourType: 2, rows }),
    [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6],
  );
});

test('prepareImage() fills up a short palette as Pillow does', async () => {
  const before = [makeChunk('PLTE', Uint8Array.of(9, 8, 7))];
  const rows = Uint8Array.of(0, 0b00011011 & 0xf0, 0, 0b10110000);
  assert.deepEqual(
    await pixelsOf({ depth: 2, colourType: 3, rows, before }),
    [9, 8, 7, 1, 1, 1, 2, 2, 2, 3, 3, 3],
  );
});

test('prepareImage() turns a PNG upright by its eXIf', async () => {
  const before = [makeChunk('eXIf', makeExif([orientationEntry(6)]))];
  const rows = Uint8Array.of(0, 1, 2, 0, 3, 4);
  assert.deepEqual(
    await pixelsOf({ depth: 8, colourType: 0, rows, before }),
    [3, 3, 3, 1, 1, 1, 4, 4, 4, 2, 2, 2],
  );
});

/** A grey PNG of 16 bits whose decoding would take 60 MB; it has no pixels, and no codec sees it. */
function largePng(): Uint8Array {
  return makePng({ width: 2500, height: 2000, depth: 16, colourType: 0, rows: Uint8Array.of(0) });
}

test('prepareImage() refuses a picture that is too large to decode, before any codec', async () => {
  const never = () => assert.fail('a codec was called');
  await rejectsCode(prepareImage(largePng(), 8, { jpeg: never, png: never }), 'image_too_large');
});

test('prepareImage() has it shrunk where something can, and reports its own size', async () => {
  const asked: number[] = [];
  const small = imageFixture('rgb.png');
  const shrink = async (file: Uint8Array, side: number) => {
    assert.deepEqual(file, largePng());
    asked.push(side);
    return small;
  };
  const prepared = await prepareImage(largePng(), 96, { ...codecs, shrink });
  const { pixels } = await prepareImage(small, 96, { ...codecs, shrink });
  assert.deepEqual(prepared, { pixels, format: 'png', width: 2500, height: 2000 });
  assert.equal(asked.length, 1);
});

test('prepareImage() shrinks once: a result that is too large is refused', async () => {
  const shrink = async () => largePng();
  await rejectsCode(prepareImage(largePng(), 8, { ...codecs, shrink }), 'image_too_large');
});
