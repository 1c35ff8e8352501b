import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rasterise } from '../../../../scripts/scenes/draw/rasterise.ts';

const svg = (body: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">${body}</svg>`;

test('rasterise() cuts empty margins off', () => {
  const { width, height, data } = rasterise(
    svg('<rect x="2" y="1" width="4" height="5" fill="#f80"/>'),
    16,
  );
  assert.deepEqual([width, height], [8, 10]);
  assert.deepEqual([...data.subarray(0, 4)], [255, 136, 0, 255]);
});

test('rasterise() multiplies colours by alpha', () => {
  const { data } = rasterise(svg('<rect width="8" height="8" fill="#f80" fill-opacity="0.5"/>'), 8);
  // Half of 255 rounds either way.
  assert.deepEqual([...data.subarray(0, 4)], [128, 68, 0, 128]);
});
