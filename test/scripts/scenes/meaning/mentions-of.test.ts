import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mentionsOf } from '../../../../scripts/scenes/meaning/mentions-of.ts';
import type { Phrase } from '../../../../scripts/scenes/meaning/phrase.ts';
import { NOUNS } from '../../../../scripts/scenes/nouns/nouns.ts';
import type { Scene } from '../../../../scripts/scenes/scene.ts';

function noun(name: string) {
  const found = NOUNS.find((noun) => noun.name === name);
  assert.ok(found, name);
  return found;
}

const phrase = (name: string, colour: Phrase['colour'] = null): Phrase => ({
  term: noun(name),
  colour,
  trait: null,
});

const thing = (name: string, colour: Phrase['colour'] = null) => ({
  ...{ noun: noun(name), colour, x: 0, y: 0, width: 9, height: 9, angle: 0, mirrored: false },
});

const scene: Scene = {
  ...{ side: 64, style: 'noto', background: 'plain', time: 'day', greyscale: false, texture: '' },
  objects: [
    thing('car', 'red'),
    thing('dog'),
    thing('car', 'blue'),
    thing('carrot'),
    thing('mouse'),
  ],
};

test('mentionsOf() follows the order of the text', () => {
  const phrases = [phrase('dog'), phrase('car')];
  assert.deepEqual(mentionsOf(scene, phrases, 'a dog is left of a car.'), [[1], [0, 2]]);
  assert.deepEqual(mentionsOf(scene, phrases, 'a car is right of a dog.'), [[0, 2], [1]]);
});

test('mentionsOf() looks for whole words, singular or plural', () => {
  const phrases = [phrase('car'), phrase('carrot')];
  assert.deepEqual(mentionsOf(scene, phrases, 'a carrot above a car.'), [[3], [0, 2]]);
  const mice = [phrase('dog'), phrase('mouse')];
  assert.deepEqual(mentionsOf(scene, mice, 'more mice than dogs.'), [[4], [1]]);
});

test('mentionsOf() takes what may be meant: colours count where they are seen', () => {
  const red = [phrase('car', 'red')];
  assert.deepEqual(mentionsOf(scene, red, 'the car is red.'), [[0]]);
  assert.deepEqual(mentionsOf({ ...scene, greyscale: true }, red, 'the car is red.'), [[0, 2]]);
});

test('mentionsOf() is empty for what is not there', () => {
  assert.deepEqual(mentionsOf(scene, [phrase('cat')], 'there is a cat.'), [[]]);
});
