import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeFrame, makeJpeg, makeSegment, SCAN } from '../../scripts/lib/make-jpeg.ts';
import { createCodecMemory } from '../../wasm/codec-memory.ts';
import { createJpegCodec } from '../../wasm/jpeg-codec.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { rejectsCode } from '../functions/image/throws-code.ts';
import { compileCodec, copying } from '../lib/codecs.ts';

const module = await compileCodec('jpeg');
const memory = createCodecMemory();
const decode = copying(createJpegCodec(module, memory));

test('createJpegCodec() decodes as stored, without turning upright', async () => {
  const { rgba, width, height } = await decode(imageFixture('exif-orientation-6.jpg'));
  assert.deepEqual([width, height, rgba.length], [320, 200, 320 * 200 * 4]);
  assert.ok(rgba.every((value, i) => i % 4 !== 3 || value === 255));
});

test('createJpegCodec() takes a part of a larger buffer', async () => {
  const file = imageFixture('grey.jpg');
  const larger = new Uint8Array(file.length + 20).fill(7);
  larger.set(file, 10);
  assert.deepEqual(await decode(larger.subarray(10, -10)), await decode(file));
});

test('createJpegCodec() leaves no trace on the global object', async () => {
  const before = Object.getOwnPropertyNames(globalThis);
  await decode(imageFixture('grey.jpg'));
  await assert.rejects(decode(imageFixture('cmyk.jpg')));
  assert.deepEqual(Object.getOwnPropertyNames(globalThis), before);
});

test('createJpegCodec() maps what mozjpeg cannot do', async () => {
  await rejectsCode(decode(imageFixture('cmyk.jpg')), 'unsupported_jpeg');
  await rejectsCode(decode(makeJpeg(makeFrame(0xc3), SCAN)), 'unsupported_jpeg');
  await rejectsCode(decode(makeJpeg(makeFrame(0xc1, { precision: 12 }), SCAN)), 'unsupported_jpeg');
});

test('createJpegCodec() maps what only the log of mozjpeg says', async () => {
  const file = imageFixture('baseline-420.jpg');
  await rejectsCode(decode(file.subarray(0, file.length / 2)), 'image_truncated');
});

test('createJpegCodec() maps damage', async () => {
  await rejectsCode(decode(new Uint8Array(0)), 'image_corrupt');
  await rejectsCode(decode(makeJpeg()), 'image_corrupt');
  await rejectsCode(decode(makeJpeg(makeFrame(0xc0), makeSegment(0xf7), SCAN)), 'image_corrupt');
});

test('createJpegCodec() calls a decoder that does not start overloaded', async () => {
  // A module that wants an import which the glue does not have.
  const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 120, 1, 120, 0, 0];
  const other = await WebAssembly.compile(Uint8Array.from(bytes));
  await rejectsCode(
    copying(createJpegCodec(other, memory))(imageFixture('grey.jpg')),
    'overloaded',
  );
});

test('createJpegCodec() decodes a good file to the same bytes after 200 failures', async () => {
  // One instance gives up for good after 96 failures of any kind.
  const good = imageFixture('exif-orientation-8.jpg');
  const expected = await decode(good);
  const bad = [
    imageFixture('cmyk.jpg'),
    makeJpeg(makeFrame(0xc3), SCAN),
    makeJpeg(),
    Uint8Array.of(1),
  ];
  for (let failures = 0; failures < 200; failures++) {
    await assert.rejects(decode(bad[failures % bad.length] ?? good), { name: 'EntailError' });
  }
  assert.deepEqual(await decode(good), expected);
});

test('createJpegCodec() passes on what the use of the pixels throws, and decodes the next', async () => {
  const codec = createJpegCodec(module, memory);
  const failure = new Error('no use for it');
  const file = imageFixture('grey.jpg');
  await assert.rejects(
    codec(file, () => assert.fail(failure)),
    failure,
  );
  assert.ok((await decode(file)).rgba.length > 0);
});
