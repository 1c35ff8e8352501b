import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { syntheticStateDict } from '../../../scripts/synthetic/state-dict.ts';
import { SYNTHETIC_SHAPES } from '../../../scripts/synthetic/synthetic-shapes.ts';
import { syntheticTensor } from '../../../scripts/synthetic/synthetic-tensor.ts';

const FIXTURE = new URL('../../fixtures/reference/full-state-dict.json', import.meta.url);

test('syntheticStateDict() has every published key, shape and format, in order', async () => {
  const entries = syntheticStateDict(SYNTHETIC_SHAPES.full).map(({ key, shape, storage }) => [
    key,
    shape,
    storage.dtype,
  ]);
  assert.deepEqual(entries, JSON.parse(await readFile(FIXTURE, 'utf8')));
});

test('syntheticStateDict() shares one storage among the tied tables, and no other', () => {
  const tensors = syntheticStateDict(SYNTHETIC_SHAPES.micro);
  const storages = new Set(tensors.map(({ storage }) => storage));
  assert.equal(storages.size, tensors.length - 2);
  const tied = tensors.filter(({ key }) => /embed_tokens|output_projection/.test(key));
  assert.equal(tied.length, 3);
  assert.equal(new Set(tied.map(({ storage }) => storage)).size, 1);
});

test('syntheticStateDict() makes as many bytes as it says', () => {
  for (const { key, shape, storage } of syntheticStateDict(SYNTHETIC_SHAPES.micro)) {
    const count = shape.reduce((product, side) => product * side, 1);
    assert.equal(storage.count, count, key);
    assert.equal(storage.bytes().length, count * (storage.dtype === 'int64' ? 8 : 4), key);
  }
});

test('syntheticStateDict() takes weights from the formula and buffers as int64', () => {
  const tensors = syntheticStateDict(SYNTHETIC_SHAPES.micro);
  const bytesOf = (name: string) =>
    tensors.find(({ key }) => key === name)?.storage.bytes() ?? new Uint8Array();
  const weight = bytesOf('encoder.layer_norm.weight');
  assert.deepEqual(
    new Float32Array(weight.buffer),
    syntheticTensor('encoder.layer_norm.weight', [32]),
  );
  const positions = new BigInt64Array(bytesOf('decoder.image_position_idx').buffer);
  assert.deepEqual([...positions.subarray(0, 3)], [0n, 1n, 2n]);
  assert.equal(positions.at(-1), 1024n);
});
