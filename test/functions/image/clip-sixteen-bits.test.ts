import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clipSixteenBits } from '../../../functions/image/clip-sixteen-bits.ts';

test('clipSixteenBits() keeps up to 255 and cuts the rest, in place', () => {
  const samples = Uint16Array.of(7, 0, 1, 254, 255, 256, 257, 4096, 65535).subarray(1);
  const clipped = clipSixteenBits(samples);
  assert.deepEqual([...clipped], [0, 1, 254, 255, 255, 255, 255, 255]);
  assert.equal(clipped.buffer, samples.buffer);
});
