import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recolour } from '../../../../scripts/scenes/draw/recolour.ts';

function picture(...pixels: number[][]) {
  return { width: pixels.length, height: 1, data: Uint8Array.from(pixels.flat()) };
}

test('recolour() paints the main colour, keeps greys and other hues', () => {
  const red = [200, 20, 20, 255];
  const { data } = recolour(picture(red, red, [90, 90, 90, 255], [20, 20, 200, 255]), [0, 100, 50]);
  assert.deepEqual([...data.subarray(0, 4)], [0, 100, 50, 255]);
  assert.deepEqual([...data.subarray(8)], [90, 90, 90, 255, 20, 20, 200, 255]);
});

test('recolour() keeps shade darker and alpha multiplied', () => {
  const { data } = recolour(
    picture([200, 0, 0, 255], [200, 0, 0, 255], [100, 0, 0, 255], [100, 0, 0, 128]),
    [0, 200, 0],
  );
  const [bright, , shade, half] = [1, 5, 9, 13].map((at) => data[at] ?? 0);
  assert.ok(bright !== undefined && shade !== undefined && half !== undefined);
  assert.ok(shade < bright);
  // 100 of 128 is as light as 200 of 255; half of it shows.
  assert.ok(Math.abs(half - bright / 2) <= 2, `${half} of ${bright}`);
});
