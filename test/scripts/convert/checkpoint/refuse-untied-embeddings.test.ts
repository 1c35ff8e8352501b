import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCheckpoint } from '../../../../scripts/convert/checkpoint/open-checkpoint.ts';
import { refuseUntiedEmbeddings } from '../../../../scripts/convert/checkpoint/refuse-untied-embeddings.ts';
import {
  StorageReference,
  TensorReference,
} from '../../../../scripts/convert/checkpoint/tensor-reference.ts';
import { storageWith, temporaryCheckpoint } from './temporary-checkpoint.ts';

const TABLE = 'encoder.embed_tokens.weight';
const PROJECTION = 'decoder.output_projection.weight';

function table(key: string, numbers: number[]) {
  return {
    key,
    shape: [numbers.length],
    storage: storageWith('float32', Float32Array.from(numbers)),
  };
}

test('refuseUntiedEmbeddings() accepts copies that are equal number by number', async (t) => {
  const tensors = [table(TABLE, [1, 2]), table('decoder.embed_tokens.weight', [1, 2])];
  const folder = await temporaryCheckpoint(t, [...tensors, table(PROJECTION, [1, 2])]);
  await (await openCheckpoint(folder)).close();
});

test('refuseUntiedEmbeddings() refuses copies that differ, by name', async (t) => {
  for (const key of ['decoder.embed_tokens.weight', PROJECTION]) {
    for (const numbers of [[1, 3], [1], [1, 2, 3]]) {
      const folder = await temporaryCheckpoint(t, [table(TABLE, [1, 2]), table(key, numbers)]);
      await assert.rejects(openCheckpoint(folder), new RegExp(`${key} differs from ${TABLE}`));
    }
  }
});

test('refuseUntiedEmbeddings() reads nothing when the copies are one storage', async () => {
  const layout = { shape: [2], strides: [1] };
  const tensor = new TensorReference(new StorageReference('0', 'float32'), 0, layout);
  const archive = {
    pickle: new Uint8Array(),
    bigEndian: false,
    storageBytes: () => 8,
    readStorage: () => assert.fail('nothing is to be read'),
    close: () => {},
  };
  const again = new TensorReference(new StorageReference('0', 'float32'), 0, layout);
  await refuseUntiedEmbeddings(
    new Map([
      [TABLE, tensor],
      [PROJECTION, again],
    ]),
    archive,
  );
});
