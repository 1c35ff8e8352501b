import assert from 'node:assert/strict';
import { test } from 'node:test';
import { halve } from '../../../../scripts/scenes/draw/halve.ts';

test('halve() takes the mean of four pixels, outside is transparent', () => {
  const pixels = [10, 20, 30, 30, 40, 50].flatMap((value) => [value, 0, 0, 255]);
  const { width, height, data } = halve({ width: 3, height: 2, data: Uint8Array.from(pixels) });
  assert.deepEqual([width, height], [2, 1]);
  // (10 + 20 + 30 + 40) / 4 = 25; (30 + 50) / 4 = 20, alpha 510 / 4 = 127.5.
  assert.deepEqual([...data], [25, 0, 0, 255, 20, 0, 0, 128]);
});
