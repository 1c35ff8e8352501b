import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readOrientation } from '../../../functions/image/read-orientation.ts';
import { makeExif, orientationEntry } from './make-exif.ts';

const MAKE = { tag: 0x010f, type: 2, count: 4, value: 0x41424300 };

test('readOrientation() reads 1 to 8 in both byte orders', () => {
  for (let value = 1; value <= 8; value++) {
    for (const little of [false, true]) {
      assert.equal(readOrientation(makeExif([MAKE, orientationEntry(value)], little)), value);
      const long = { tag: 0x0112, type: 4, count: 1, value };
      assert.equal(readOrientation(makeExif([long], little)), value);
    }
  }
});

test('readOrientation() takes values outside 1 to 8 and other types for upright', () => {
  for (const value of [0, 9, 0x600, 65535]) {
    assert.equal(readOrientation(makeExif([orientationEntry(value)])), 1);
  }
  assert.equal(readOrientation(makeExif([{ tag: 0x0112, type: 1, count: 1, value: 6 }])), 1);
  assert.equal(readOrientation(makeExif([{ tag: 0x0112, type: 99, count: 1, value: 6 }])), 1);
});

test('readOrientation() lets the last of several orientations count', () => {
  assert.equal(readOrientation(makeExif([orientationEntry(6), orientationEntry(3)])), 3);
});

test('readOrientation() stops at an entry whose value lies outside, as Pillow does', () => {
  const outside = { tag: 0x010f, type: 2, count: 100, value: 4000 };
  assert.equal(readOrientation(makeExif([outside, orientationEntry(6)])), 1);
  assert.equal(readOrientation(makeExif([orientationEntry(6), outside])), 6);
});

test('readOrientation() takes every cut for upright or for the truth', () => {
  const exif = makeExif([MAKE, orientationEntry(8)], true);
  for (let length = 0; length < exif.length; length++) {
    assert.ok([1, 8].includes(readOrientation(exif.subarray(0, length))));
  }
});

test('readOrientation() answers 1 to 8 to any bytes', () => {
  const start = fc.constantFrom(
    [],
    [0x49, 0x49, 42, 0, 8, 0, 0, 0],
    [0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
  );
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 80 }), (head, tail) => {
      const value = readOrientation(Uint8Array.from([...head, ...tail]));
      assert.ok(Number.isInteger(value) && value >= 1 && value <= 8);
    }),
  );
});
