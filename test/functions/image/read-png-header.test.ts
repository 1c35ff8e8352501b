import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pngChunks } from '../../../functions/image/png-chunks.ts';
import { readPngHeader } from '../../../functions/image/read-png-header.ts';
import {
  join,
  makeChunk,
  makeIhdr,
  makePng,
  type PngRecipe,
  SIGNATURE,
} from '../../../scripts/lib/make-png.ts';
import { imageFixture } from './fixture.ts';
import { makeExif, orientationEntry } from './make-exif.ts';
import { throwsCode } from './throws-code.ts';

const GREY = { width: 1, height: 1, depth: 8, colourType: 0, rows: Uint8Array.of(0, 9) } as const;
const PALETTE = {
  width: 1,
  height: 1,
  depth: 1,
  colourType: 3,
  rows: Uint8Array.of(0, 0),
} as const;

const types = (bytes: Uint8Array) => pngChunks(bytes).map(({ type }) => type);
const read = (recipe: PngRecipe) => readPngHeader(makePng(recipe));

test('readPngHeader() reads size and orientation of real files', () => {
  for (const [name, width, height, bytesPerPixel] of [
    ['rgb.png', 320, 240, 9],
    ['rgba.png', 200, 300, 4],
    ['bilevel.png', 150, 150, 5],
    ['tall.png', 9, 900, 9],
  ] as const) {
    const { picture, ...header } = readPngHeader(imageFixture(name));
    assert.deepEqual(header, { format: 'png', width, height, bytesPerPixel, orientation: 1 });
    assert.ok(picture.length <= imageFixture(name).length);
  }
});

test('readPngHeader() shows a codec the picture alone', () => {
  const before = ['gAMA', 'iCCP', 'tRNS', 'acTL', 'fcTL'].map((type) => makeChunk(type));
  const after = ['fdAT', 'tEXt'].map((type) => makeChunk(type));
  const { picture } = read({ ...GREY, before: [...before, makeChunk('PLTE')], after });
  assert.deepEqual(types(picture), ['IHDR', 'IDAT', 'IEND']);
  assert.deepEqual(picture, makePng(GREY));
});

test('readPngHeader() gives a palette picture a whole palette', () => {
  const short = makeChunk('PLTE', Uint8Array.of(5, 6, 7));
  const whole = makeChunk('PLTE', Uint8Array.of(5, 6, 7, 1, 1, 1));
  assert.deepEqual(
    read({ ...PALETTE, before: [short] }).picture,
    makePng({ ...PALETTE, before: [whole] }),
  );
  assert.deepEqual(types(read(PALETTE).picture), ['IHDR', 'PLTE', 'IDAT', 'IEND']);
});

test('readPngHeader() refuses a palette that makes no sense', () => {
  for (const bytes of [1, 4, 771]) {
    const before = [makeChunk('PLTE', new Uint8Array(bytes))];
    throwsCode(() => read({ ...PALETTE, before }), 'image_corrupt');
    assert.equal(read({ ...GREY, before }).width, 1);
  }
});

test('readPngHeader() reads the orientation of eXIf, ahead of the data or behind it', () => {
  for (const little of [false, true]) {
    const exif = [makeChunk('eXIf', makeExif([orientationEntry(6)], little))];
    assert.equal(read({ ...GREY, before: exif }).orientation, 6);
    assert.equal(read({ ...GREY, after: exif }).orientation, 6);
  }
  assert.equal(read({ ...GREY, before: [makeChunk('eXIf')] }).orientation, 1);
});

test('readPngHeader() refuses chunks in an order that makes no sense', () => {
  const ihdr = makeIhdr(GREY);
  const idat = makeChunk('IDAT', Uint8Array.of(1));
  const iend = makeChunk('IEND');
  for (const chunks of [
    [iend],
    [ihdr, iend],
    [idat, iend],
    [idat, ihdr, iend],
    [ihdr, ihdr, idat, iend],
    [ihdr, idat, ihdr, iend],
    [ihdr, idat, makeChunk('tEXt'), idat, iend],
  ]) {
    throwsCode(() => readPngHeader(join([SIGNATURE, ...chunks])), 'image_corrupt');
  }
});

test('readPngHeader() refuses more data than the rows can be packed into', () => {
  const withData = (bytes: number, { width, height }: { width: number; height: number }) => {
    const ihdr = makeIhdr({ ...GREY, width, height });
    const data = makeChunk('IDAT', new Uint8Array(bytes));
    return () => readPngHeader(join([SIGNATURE, ihdr, data, data, makeChunk('IEND')]));
  };
  throwsCode(withData(33_000, { width: 1, height: 1 }), 'image_corrupt');
  throwsCode(withData(5_000_000, { width: 1000, height: 1000 }), 'image_corrupt');
  assert.equal(withData(32_000, { width: 1, height: 1 })().width, 1);
  // Rows of noise, each in a block of its own: 5 bytes a block.
  assert.equal(withData(510_000, { width: 1000, height: 1000 })().width, 1000);
  assert.equal(withData(350_000, { width: 1, height: 100_000 })().width, 1);
});

test('readPngHeader() finds rgb.png truncated wherever it is cut', () => {
  const file = imageFixture('rgb.png');
  for (let length = 4; length < file.length; length += length < 200 ? 1 : 499) {
    throwsCode(() => readPngHeader(file.subarray(0, length)), 'image_truncated');
  }
  throwsCode(() => readPngHeader(file.subarray(0, -1)), 'image_truncated');
});
