import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullPalette } from '../../../functions/image/full-palette.ts';
import { makeChunk } from '../../../scripts/lib/make-png.ts';

test('fullPalette() fills up with grey of the index, as Pillow does', () => {
  const data = Uint8Array.of(255, 0, 0, 0, 128, 0);
  const whole = makeChunk('PLTE', data);
  const expected = makeChunk('PLTE', Uint8Array.of(255, 0, 0, 0, 128, 0, 2, 2, 2, 3, 3, 3));
  assert.deepEqual(fullPalette({ type: 'PLTE', data, whole }, 2), expected);
});

test('fullPalette() makes a ramp where there is none', () => {
  assert.deepEqual(fullPalette(undefined, 1), makeChunk('PLTE', Uint8Array.of(0, 0, 0, 1, 1, 1)));
  assert.equal(fullPalette(undefined, 8).length, 12 + 768);
});

test('fullPalette() drops entries that no sample can reach', () => {
  const data = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  const whole = makeChunk('PLTE', data);
  const expected = makeChunk('PLTE', data.subarray(0, 6));
  assert.deepEqual(fullPalette({ type: 'PLTE', data, whole }, 1), expected);
});
