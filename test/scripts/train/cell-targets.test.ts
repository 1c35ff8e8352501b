import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CELL_PLANES, cellTargets } from '../../../scripts/train/cell-targets.ts';

const CLASSES = { nouns: ['cat', 'dog'], colours: ['blue', 'red'] };
const dog = (x: number, y: number, side: number, colour: string | null = null) => ({
  noun: 'dog',
  colour,
  x,
  y,
  width: side,
  height: side,
});
const plane = (targets: Uint8Array, name: (typeof CELL_PLANES)[number]) => {
  const index = CELL_PLANES.indexOf(name);
  return [...targets.subarray(4 * index, 4 * index + 4)];
};

test('cellTargets() gives an object the cell of its middle and those it covers by 30 %', () => {
  // A box of 20 from (1, 1): covers the first cell by 88 %, its neighbours by 29 % each.
  const targets = cellTargets([dog(1, 1, 20, 'red')], 2, CLASSES);
  assert.deepEqual(plane(targets, 'noun'), [2, 0, 0, 0]);
  assert.deepEqual(plane(cellTargets([dog(1, 1, 22)], 2, CLASSES), 'noun'), [2, 2, 2, 0]);
});

test('cellTargets() marks the middle once, and the colour on all of the object', () => {
  const targets = cellTargets([dog(0, 0, 30, 'red')], 2, CLASSES);
  assert.deepEqual(plane(targets, 'noun'), [2, 2, 2, 2]);
  assert.deepEqual(plane(targets, 'middle'), [1, 0, 0, 0]);
  assert.deepEqual(plane(targets, 'colour'), [2, 2, 2, 2]);
});

test('cellTargets() has colour 0 for objects without one', () => {
  assert.deepEqual(plane(cellTargets([dog(0, 0, 16)], 2, CLASSES), 'colour'), [0, 0, 0, 0]);
});

test('cellTargets() prefers the middle to cover, and more cover to less', () => {
  const cat = { noun: 'cat', colour: null, x: 2, y: 4, width: 8, height: 8 };
  assert.deepEqual(plane(cellTargets([dog(4, 0, 28), cat], 2, CLASSES), 'noun'), [1, 2, 2, 2]);
  const wide = { ...cat, x: 9, y: 0, width: 22, height: 16 };
  assert.deepEqual(plane(cellTargets([dog(0, 0, 12), wide], 2, CLASSES), 'noun'), [2, 1, 0, 0]);
});

test('cellTargets() finds the cell of an object that reaches over the edge', () => {
  assert.deepEqual(plane(cellTargets([dog(28, 28, 16)], 2, CLASSES), 'middle'), [0, 0, 0, 1]);
});

test('cellTargets() tells objects apart, and says where they are and how large', () => {
  const cat = { noun: 'cat', colour: null, x: 16, y: 16, width: 16, height: 4 };
  const targets = cellTargets([dog(0, 0, 16), cat], 2, CLASSES);
  assert.deepEqual(plane(targets, 'owner'), [1, 0, 0, 2]);
  // Middles at 8 and 24, 18 of 32 pixels; sides of 16 and the root of 64.
  assert.deepEqual(plane(targets, 'x'), [64, 0, 0, 191]);
  assert.deepEqual(plane(targets, 'y'), [64, 0, 0, 143]);
  assert.deepEqual(plane(targets, 'size'), [128, 0, 0, 64]);
});
