import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCheckpoint } from '../../../../scripts/convert/checkpoint/open-checkpoint.ts';
import {
  StorageReference,
  TensorReference,
} from '../../../../scripts/convert/checkpoint/tensor-reference.ts';
import { tieEmbeddings } from '../../../../scripts/convert/checkpoint/tie-embeddings.ts';
import { storageWith, temporaryCheckpoint } from './temporary-checkpoint.ts';

const TABLE = 'encoder.embed_tokens.weight';
const COPIES = ['decoder.embed_tokens.weight', 'decoder.output_projection.weight'] as const;
const [, PROJECTION] = COPIES;

function table(key: string, numbers: number[]) {
  return {
    key,
    shape: [numbers.length],
    storage: storageWith('float32', Float32Array.from(numbers)),
  };
}

test('tieEmbeddings() accepts copies that are equal number by number', async (t) => {
  const tensors = [TABLE, ...COPIES].map((key) => table(key, [1, 2]));
  const folder = await temporaryCheckpoint(t, tensors);
  await (await openCheckpoint(folder)).close();
});

test('tieEmbeddings() refuses copies that differ, by name', async (t) => {
  for (const key of COPIES) {
    for (const numbers of [[1, 3], [1], [1, 2, 3]]) {
      const folder = await temporaryCheckpoint(t, [table(TABLE, [1, 2]), table(key, numbers)]);
      await assert.rejects(openCheckpoint(folder), new RegExp(`${key} differs from ${TABLE}`));
    }
  }
});

test('tieEmbeddings() finds the table under either other name, where safetensors kept that', async (t) => {
  for (const key of COPIES) {
    const folder = await temporaryCheckpoint(t, [table(key, [1, 2])]);
    const checkpoint = await openCheckpoint(folder);
    assert.deepEqual([...checkpoint.tensor(TABLE, [2]).data], [1, 2]);
    await checkpoint.close();
  }
  const apart = await temporaryCheckpoint(
    t,
    COPIES.map((key, i) => table(key, [1, i])),
  );
  await assert.rejects(
    openCheckpoint(apart),
    new RegExp(`${PROJECTION} differs from ${COPIES[0]}`),
  );
});

test('tieEmbeddings() reads nothing when the copies are one storage', () => {
  const layout = { shape: [2], strides: [1] };
  const source = {
    bigEndian: false,
    storageBytes: () => 8,
    readStorage: () => assert.fail('nothing is to be read'),
  };
  const stored = () => ({
    reference: new TensorReference(new StorageReference('0', 'float32'), 0, layout),
    source,
  });
  const tensors = new Map([
    [TABLE, stored()],
    [PROJECTION, stored()],
  ]);
  assert.equal(tieEmbeddings(tensors), tensors);
});
