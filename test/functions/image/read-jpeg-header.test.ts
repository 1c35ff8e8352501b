import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_JPEG_SCANS, readJpegHeader } from '../../../functions/image/read-jpeg-header.ts';
import {
  makeExifSegment,
  makeFrame,
  makeJpeg,
  makeSegment,
  SCAN,
} from '../../../scripts/lib/make-jpeg.ts';
import { join } from '../../../scripts/lib/make-png.ts';
import { imageFixture } from './fixture.ts';
import { makeExif, orientationEntry } from './make-exif.ts';
import { throwsCode } from './throws-code.ts';

const FRAME = makeFrame(0xc0);
const orientationSegment = (value: number) => makeExifSegment(makeExif([orientationEntry(value)]));

test('readJpegHeader() reads size and orientation of real files', () => {
  for (const [name, width, height, orientation, bytesPerPixel] of [
    ['baseline-420.jpg', 640, 427, 1, 4],
    // 4:2:0 in several scans: 1.5 coefficients a pixel, of two bytes.
    ['progressive.jpg', 500, 333, 1, 7],
    ['large.jpg', 2400, 1600, 1, 4],
    ['exif-orientation-3.jpg', 320, 200, 3, 4],
    ['exif-orientation-5.jpg', 320, 200, 5, 4],
    ['exif-orientation-6.jpg', 320, 200, 6, 4],
    ['exif-orientation-8.jpg', 320, 200, 8, 4],
  ] as const) {
    const { picture, ...header } = readJpegHeader(imageFixture(name));
    assert.deepEqual(header, { format: 'jpeg', width, height, orientation, bytesPerPixel });
    assert.deepEqual(picture, imageFixture(name));
  }
});

test('readJpegHeader() counts what libjpeg holds when a scan lacks components, even the only one', () => {
  const frame = makeFrame(0xc0, { components: 3 });
  const scanOf = (components: number) =>
    makeSegment(0xda, Uint8Array.of(components, ...new Uint8Array(components * 2), 0, 63, 0));
  const held = (...scans: number[]) =>
    readJpegHeader(makeJpeg(frame, ...scans.map(scanOf))).bytesPerPixel;
  assert.equal(held(3), 4);
  assert.equal(held(1), 10);
  assert.equal(held(2), 10);
  assert.equal(held(1, 1, 1), 10);
});

test('readJpegHeader() refuses CMYK', () => {
  throwsCode(() => readJpegHeader(imageFixture('cmyk.jpg')), 'unsupported_jpeg');
});

test('readJpegHeader() leaves out what follows EOI, without a copy', () => {
  const file = imageFixture('grey.jpg');
  const longer = join([file, new TextEncoder().encode('PK and a whole zip file')]);
  const { picture } = readJpegHeader(longer);
  assert.deepEqual(picture, file);
  assert.equal(picture.buffer, longer.buffer);
});

test('readJpegHeader() lets the first EXIF block count', () => {
  const file = makeJpeg(orientationSegment(6), orientationSegment(3), FRAME, SCAN);
  assert.equal(readJpegHeader(file).orientation, 6);
  const empty = makeJpeg(makeExifSegment(makeExif([])), orientationSegment(3), FRAME, SCAN);
  assert.equal(readJpegHeader(empty).orientation, 1);
});

test('readJpegHeader() takes EXIF between frame and scan, not behind a scan', () => {
  assert.equal(readJpegHeader(makeJpeg(FRAME, orientationSegment(8), SCAN)).orientation, 8);
  assert.equal(readJpegHeader(makeJpeg(FRAME, SCAN, orientationSegment(8))).orientation, 1);
});

test('readJpegHeader() tolerates garbage in APP1', () => {
  for (const text of [
    'Exif\0\0',
    'Exif\0\0II*\0\xff\xff\xff\xff',
    'Exif',
    'http://ns.adobe.com/',
  ]) {
    const segment = makeSegment(
      0xe1,
      Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
    );
    assert.equal(readJpegHeader(makeJpeg(segment, FRAME, SCAN)).orientation, 1);
  }
});

test('readJpegHeader() refuses files that libjpeg gives up on, before libjpeg sees them', () => {
  for (const segments of [
    [],
    [FRAME],
    [SCAN],
    [SCAN, FRAME],
    [FRAME, FRAME, SCAN],
    [FRAME, SCAN, FRAME],
    [FRAME, Uint8Array.of(0xff, 0xd8), SCAN],
    [makeSegment(0xc8), FRAME, SCAN],
    [makeSegment(0xf0), FRAME, SCAN],
    [FRAME, SCAN, makeSegment(0xfd)],
  ]) {
    throwsCode(() => readJpegHeader(makeJpeg(...segments)), 'image_corrupt');
  }
});

test('readJpegHeader() refuses more than MAX_JPEG_SCANS scans', () => {
  const scans = (count: number) => Array.from({ length: count }, () => SCAN);
  const most = makeJpeg(makeFrame(0xc2), ...scans(MAX_JPEG_SCANS));
  assert.equal(readJpegHeader(most).width, 16);
  const more = makeJpeg(makeFrame(0xc2), ...scans(MAX_JPEG_SCANS + 1));
  throwsCode(() => readJpegHeader(more), 'unsupported_jpeg');
});

for (const name of ['baseline-420.jpg', 'progressive.jpg', 'exif-orientation-6.jpg']) {
  test(`readJpegHeader() finds ${name} truncated wherever it is cut`, () => {
    const file = imageFixture(name);
    // Every cut of the header and a sample of the rest.
    for (let length = 3; length < file.length; length += length < 1000 ? 1 : 97) {
      throwsCode(() => readJpegHeader(file.subarray(0, length)), 'image_truncated');
    }
    throwsCode(() => readJpegHeader(file.subarray(0, -1)), 'image_truncated');
  });
}
