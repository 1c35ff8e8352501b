import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COLOURS } from '../../../../scripts/scenes/colours.ts';
import { paintScene } from '../../../../scripts/scenes/draw/paint-scene.ts';
import { createSpriteShelf } from '../../../../scripts/scenes/draw/sprite-shelf.ts';
import { NOUNS } from '../../../../scripts/scenes/nouns/nouns.ts';
import type { Scene } from '../../../../scripts/scenes/scene.ts';

const SIDE = 64;
const shelf = createSpriteShelf(SIDE);
const circle = NOUNS.find(({ name }) => name === 'circle');
assert.ok(circle);
const scene: Scene = {
  side: SIDE,
  style: 'noto',
  background: 'meadow',
  time: 'day',
  greyscale: false,
  texture: 'any',
  objects: [
    {
      noun: circle,
      colour: 'blue',
      x: 20,
      y: 20,
      width: 24,
      height: 24,
      angle: 10,
      mirrored: true,
    },
  ],
};

function middle({ data }: { readonly data: Uint8ClampedArray }): number[] {
  const at = ((SIDE / 2) * SIDE + SIDE / 2) * 3;
  return [...data.subarray(at, at + 3)];
}

test('paintScene() shows a thing in its colour where it stands', () => {
  assert.deepEqual(middle(paintScene(scene, shelf)), [...COLOURS.blue]);
});

test('paintScene() greyscale has no colours', () => {
  const { data } = paintScene({ ...scene, greyscale: true }, shelf);
  for (let at = 0; at < data.length; at += 3) {
    assert.equal(data[at], data[at + 1]);
    assert.equal(data[at], data[at + 2]);
  }
});

test('paintScene() skies are darker by night in every place', () => {
  const sky = (place: Scene['background'], time: Scene['time']) => {
    const { data } = paintScene({ ...scene, background: place, time, objects: [] }, shelf);
    const upper = data.subarray(0, (SIDE * SIDE * 3) / 3);
    return upper.reduce((sum, value) => sum + value, 0) / upper.length;
  };
  for (const place of ['meadow', 'beach', 'desert', 'snow'] as const) {
    assert.ok(sky(place, 'day') > 150, place);
    assert.ok(sky(place, 'night') < 80, place);
  }
});

test('paintScene() backdrops differ by texture alone', () => {
  const plain = (texture: string) =>
    paintScene({ ...scene, background: 'noise', texture, objects: [] }, shelf);
  assert.deepEqual(plain('a'), plain('a'));
  assert.notDeepEqual(plain('a'), plain('b'));
});
