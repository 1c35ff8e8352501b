import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blendObject } from '../../../../scripts/scenes/draw/blend-object.ts';
import { paintCanvas } from '../../../../scripts/scenes/draw/canvas.ts';
import { NOUNS } from '../../../../scripts/scenes/nouns/nouns.ts';

const [noun] = NOUNS;
assert.ok(noun);
const thing = { noun, colour: null, x: 1, y: 1, width: 2, height: 2, angle: 0, mirrored: false };
/** Left half white, right half half-transparent black. */
const sprite = [
  {
    width: 2,
    height: 2,
    data: Uint8Array.from([1, 0, 1, 0].flatMap((w) => (w ? [255, 255, 255, 255] : [0, 0, 0, 128]))),
  },
] as const;

function paint(object: typeof thing): number[] {
  const canvas = paintCanvas(4, () => [100, 100, 100]);
  blendObject(canvas, object, sprite);
  return Array.from({ length: 16 }, (_, pixel) => canvas.data[pixel * 3] ?? 0);
}

test('blendObject() puts pixels where the box is and mixes by alpha', () => {
  const row = [100, 255, 50, 100];
  assert.deepEqual(paint(thing), [100, 100, 100, 100, ...row, ...row, 100, 100, 100, 100]);
});

test('blendObject() mirrors', () => {
  assert.deepEqual(paint({ ...thing, mirrored: true }).slice(4, 8), [100, 50, 255, 100]);
});

test('blendObject() turns clockwise: left goes up', () => {
  const pixels = paint({ ...thing, angle: 90 });
  assert.deepEqual([pixels[5], pixels[6]], [255, 255]);
  assert.deepEqual([pixels[9], pixels[10]], [50, 50]);
});
