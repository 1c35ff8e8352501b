import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rebuildTensor } from '../../../../scripts/convert/checkpoint/rebuild-tensor.ts';
import { StorageReference } from '../../../../scripts/convert/checkpoint/tensor-reference.ts';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';

const STORAGE = new StorageReference('0', 'float32');

function refused(args: readonly unknown[], message: RegExp): void {
  assert.throws(
    () => rebuildTensor(args),
    (error: unknown) => error instanceof ConvertError && message.test(error.message),
  );
}

test('rebuildTensor() takes storage, offset, shape and strides', () => {
  const tensor = rebuildTensor([STORAGE, 3, [2, 5], [5, 1], false, new Map()]);
  assert.equal(tensor.storage, STORAGE);
  assert.equal(tensor.offset, 3);
  assert.equal(tensor.count, 10);
  assert.equal(tensor.reach, 13);
});

test('rebuildTensor() counts scalars as one number and empty tensors as none', () => {
  const scalar = rebuildTensor([STORAGE, 7, [], []]);
  assert.equal(scalar.count, 1);
  assert.equal(scalar.reach, 8);
  const empty = rebuildTensor([STORAGE, 7, [0, 3], [3, 1]]);
  assert.equal(empty.count, 0);
  assert.equal(empty.reach, 0);
});

test('rebuildTensor() refuses huge, negative, fractional and odd counts', () => {
  refused([STORAGE, 0, [2 ** 28 + 1], [1]], /268435457 as a side, stride or offset/);
  refused([STORAGE, 0, [-1], [1]], /-1 as a side/);
  refused([STORAGE, 0, [1.5], [1]], /1\.5 as a side/);
  refused([STORAGE, 0, [2n ** 70n], [1]], /1180591620717411303424 as a side/);
  refused([STORAGE, 0, ['4'], [1]], /4 as a side/);
  refused([STORAGE, 0, [1], [2 ** 30 + 1]], /stride/);
  refused([STORAGE, 2 ** 30 + 1, [1], [1]], /offset/);
  refused([STORAGE, null, [1], [1]], /null as a side, stride or offset/);
});

test('rebuildTensor() refuses a product past the cap though every side is below it', () => {
  refused([STORAGE, 0, [2 ** 14, 2 ** 14, 2], [0, 0, 0]], /536870912 numbers, at most 268435456/);
  refused([STORAGE, 0, Array(8).fill(2 ** 28), Array(8).fill(0)], /numbers, at most/);
});

test('rebuildTensor() refuses more than eight sides, and strides that do not match', () => {
  refused([STORAGE, 0, Array(9).fill(1), Array(9).fill(1)], /more than 8 sides/);
  refused([STORAGE, 0, [2, 3], [3]], /2 sides and 1 strides/);
  refused([STORAGE, 0, 6, [1]], /or none/);
});

test('rebuildTensor() refuses something that is no storage', () => {
  refused([], /without a storage/);
  refused(['0', 0, [1], [1]], /without a storage/);
});
