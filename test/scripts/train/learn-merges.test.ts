import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learnMerges } from '../../../scripts/train/learn-merges.ts';

const split = (word: string, count: number): [string[], number] => [[...word], count];

test('learnMerges() takes the most frequent pair first, counted by words', () => {
  assert.deepEqual(learnMerges([split('abc', 5), split('bcd', 4), split('xy', 8)], 2), [
    ['b', 'c'],
    ['x', 'y'],
  ]);
});

test('learnMerges() goes on with what merges made', () => {
  assert.deepEqual(learnMerges([split('lower', 3), split('low', 2)], 3), [
    ['l', 'o'],
    ['lo', 'w'],
    ['e', 'r'],
  ]);
});

test('learnMerges() does not depend on the order of the words when counts are equal', () => {
  const words = [split('ab', 2), split('cd', 2), split('ef', 2)];
  const expected = [
    ['a', 'b'],
    ['c', 'd'],
    ['e', 'f'],
  ];
  assert.deepEqual(learnMerges(words, 9), expected);
  assert.deepEqual(learnMerges(words.toReversed(), 9), expected);
});

test('learnMerges() joins runs of one letter from the left', () => {
  // aaa is (aa)(a) after the first merge: one more merge makes it whole.
  assert.deepEqual(learnMerges([split('aaa', 2)], 9), [
    ['a', 'a'],
    ['aa', 'a'],
  ]);
});

test('learnMerges() stops when no pair occurs twice', () => {
  assert.deepEqual(learnMerges([split('ab', 1), split('cd', 1)], 9), []);
});
