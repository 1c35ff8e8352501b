import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extentOf } from '../../../../scripts/scenes/meaning/extent.ts';
import { NOUNS } from '../../../../scripts/scenes/nouns/nouns.ts';
import { term } from '../../../../scripts/scenes/nouns/term.ts';
import type { Scene } from '../../../../scripts/scenes/scene.ts';

function sceneOf(...names: string[]): Scene {
  const objects = names.flatMap((name) =>
    NOUNS.filter((noun) => noun.name === name).map((noun) => ({
      noun,
      colour: noun.recolourable ? ('red' as const) : null,
      x: 0,
      y: 0,
      width: 30,
      height: 30,
      angle: 0,
      mirrored: false,
    })),
  );
  return {
    side: 128,
    style: 'noto',
    background: 'plain',
    time: 'day',
    greyscale: false,
    texture: '',
    objects,
  };
}

function sizes(scene: Scene, name: string, rest: object = {}): readonly [number, number] | null {
  const extent = extentOf(scene, { term: term(name), colour: null, trait: null, ...rest });
  return extent && [extent.certain.length, extent.possible.length];
}

test('extentOf() an owl is a bird and an animal, a bird is no owl', () => {
  assert.deepEqual(sizes(sceneOf('owl', 'bird', 'dog'), 'bird'), [2, 2]);
  assert.deepEqual(sizes(sceneOf('owl', 'bird', 'dog'), 'animal'), [3, 3]);
  assert.deepEqual(sizes(sceneOf('owl', 'bird', 'dog'), 'owl'), [1, 1]);
});

test('extentOf() gives none where people disagree', () => {
  assert.equal(sizes(sceneOf('bat', 'owl'), 'bird'), null);
  assert.deepEqual(sizes(sceneOf('bat', 'owl'), 'animal'), [2, 2]);
});

test('extentOf() traits are never certain, colours not in greyscale', () => {
  const scene = sceneOf('car', 'car', 'dog');
  const trait = { words: 'happy', position: 'before' };
  assert.deepEqual(sizes(scene, 'dog', { trait }), [0, 1]);
  assert.deepEqual(sizes(scene, 'car', { colour: 'red' }), [2, 2]);
  assert.deepEqual(sizes(scene, 'car', { colour: 'blue' }), [0, 0]);
  assert.deepEqual(sizes({ ...scene, greyscale: true }, 'car', { colour: 'blue' }), [0, 2]);
});
