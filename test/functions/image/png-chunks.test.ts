import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_PNG_CHUNKS, pngChunks } from '../../../functions/image/png-chunks.ts';
import { join, makeChunk, makePng, SIGNATURE } from '../../../scripts/lib/make-png.ts';
import { imageFixture } from './fixture.ts';
import { throwsCode } from './throws-code.ts';

const TEXT = makeChunk('tEXt', new TextEncoder().encode('Title\0x'));
const PNG = makePng({
  width: 1,
  height: 1,
  depth: 8,
  colourType: 0,
  rows: Uint8Array.of(0, 9),
  after: [TEXT],
});

/** The same file with one bit of the last byte of a chunk's CRC turned over. */
function withBadCrc(file: Uint8Array, type: string): Uint8Array {
  const chunk = pngChunks(file).find((each) => each.type === type);
  assert.ok(chunk);
  const bad = file.slice();
  const last = chunk.whole.byteOffset - file.byteOffset + chunk.whole.length - 1;
  bad[last] = (bad[last] ?? 0) ^ 1;
  return bad;
}

test('pngChunks() splits a file and stops at IEND', () => {
  const chunks = pngChunks(join([PNG, TEXT]));
  assert.deepEqual(
    chunks.map(({ type }) => type),
    ['IHDR', 'IDAT', 'tEXt', 'IEND'],
  );
  assert.deepEqual(chunks[2]?.whole, TEXT);
  assert.deepEqual(chunks[2]?.data, new TextEncoder().encode('Title\0x'));
  assert.deepEqual(join([SIGNATURE, ...chunks.map(({ whole }) => whole)]), PNG);
});

test('pngChunks() checks the CRC of what makes the picture', () => {
  for (const type of ['IHDR', 'IDAT', 'IEND']) {
    throwsCode(() => pngChunks(withBadCrc(PNG, type)), 'image_corrupt');
  }
  throwsCode(() => pngChunks(withBadCrc(imageFixture('palette.png'), 'PLTE')), 'image_corrupt');
});

test('pngChunks() checks the CRC of other chunks ahead of the data, as Pillow does', () => {
  const early = makePng({
    width: 1,
    height: 1,
    depth: 8,
    colourType: 0,
    rows: Uint8Array.of(0, 9),
    before: [TEXT],
  });
  throwsCode(() => pngChunks(withBadCrc(early, 'tEXt')), 'image_corrupt');
  assert.equal(pngChunks(withBadCrc(PNG, 'tEXt')).length, 4);
});

test('pngChunks() refuses a damaged signature', () => {
  for (let at = 4; at < SIGNATURE.length; at++) {
    const bad = PNG.slice();
    bad[at] = 0x20;
    throwsCode(() => pngChunks(bad), 'image_corrupt');
  }
});

test('pngChunks() refuses types that are not four letters', () => {
  const bad = PNG.slice();
  bad[13] = 0;
  throwsCode(() => pngChunks(bad), 'image_corrupt');
});

test('pngChunks() finds every cut, and lengths that point beyond the file', () => {
  for (let length = 4; length < PNG.length; length++) {
    throwsCode(() => pngChunks(PNG.subarray(0, length)), 'image_truncated');
  }
  for (const length of [1_000, 0x7fffffff, 0xffffffff]) {
    const bad = PNG.slice();
    new DataView(bad.buffer).setUint32(8, length);
    throwsCode(() => pngChunks(bad), 'image_truncated');
  }
});

test('pngChunks() refuses more than MAX_PNG_CHUNKS chunks', () => {
  const empty = makeChunk('teSt');
  const many = Array.from({ length: MAX_PNG_CHUNKS }, () => empty);
  throwsCode(() => pngChunks(join([SIGNATURE, ...many, makeChunk('IEND')])), 'unsupported_png');
  const most = pngChunks(join([SIGNATURE, ...many.slice(1), makeChunk('IEND')]));
  assert.equal(most.length, MAX_PNG_CHUNKS);
});
