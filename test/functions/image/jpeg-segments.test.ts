import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jpegSegments } from '../../../functions/image/jpeg-segments.ts';
import { EOI, makeJpeg, makeSegment, SCAN, SOI } from '../../../scripts/lib/make-jpeg.ts';
import { join } from '../../../scripts/lib/make-png.ts';
import { throwsCode } from './throws-code.ts';

const markers = (bytes: Uint8Array) => Array.from(jpegSegments(bytes), ({ marker }) => marker);

test('jpegSegments() yields every marker up to EOI', () => {
  const file = makeJpeg(makeSegment(0xe0, Uint8Array.of(1, 2)), makeSegment(0xdb), SCAN);
  assert.deepEqual(markers(file), [0xe0, 0xdb, 0xda, 0xd0, 0xd9]);
});

test('jpegSegments() gives data without its length, and where a segment ends', () => {
  const [segment] = jpegSegments(makeJpeg(makeSegment(0xe1, Uint8Array.of(7, 8, 9))));
  assert.deepEqual(segment, { marker: 0xe1, data: Uint8Array.of(7, 8, 9), end: 9 });
});

test('jpegSegments() passes over markers inside segments', () => {
  const thumbnail = makeJpeg(makeSegment(0xc0));
  assert.deepEqual(markers(makeJpeg(makeSegment(0xe1, thumbnail))), [0xe1, 0xd9]);
});

test('jpegSegments() passes over junk and fill bytes between segments', () => {
  const junk = Uint8Array.of(1, 2, 0xff, 0x00, 3, 0xff, 0xff);
  assert.deepEqual(markers(makeJpeg(junk, makeSegment(0xdb), junk)), [0xdb, 0xd9]);
});

test('jpegSegments() stops at EOI whatever follows', () => {
  assert.deepEqual(markers(join([makeJpeg(), makeSegment(0xc0)])), [0xd9]);
});

test('jpegSegments() skips the field alone of a length below 2', () => {
  for (const length of [0, 1]) {
    assert.deepEqual(markers(makeJpeg(Uint8Array.of(0xff, 0xfe, 0, length))), [0xfe, 0xd9]);
  }
});

test('jpegSegments() refuses reserved markers in the header, not in the data', () => {
  const reserved = Uint8Array.of(0xff, 0x01);
  throwsCode(() => markers(makeJpeg(reserved, SCAN)), 'image_corrupt');
  assert.deepEqual(markers(makeJpeg(SCAN, reserved)), [0xda, 0xd0, 0xd9]);
});

test('jpegSegments() finds every cut', () => {
  const file = makeJpeg(makeSegment(0xe0, Uint8Array.of(1, 2)), SCAN);
  for (let length = SOI.length; length < file.length; length++) {
    throwsCode(() => markers(file.subarray(0, length)), 'image_truncated');
  }
  assert.deepEqual(file.subarray(-2), EOI);
});
