import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unpickle } from '../../../scripts/convert/checkpoint/pickle/unpickle.ts';
import { TensorReference } from '../../../scripts/convert/checkpoint/tensor-reference.ts';
import { TORCH_WORLD } from '../../../scripts/convert/checkpoint/torch-world.ts';
import { pickleStateDict } from '../../../scripts/synthetic/pickle-state-dict.ts';
import { PickleWriter } from '../../../scripts/synthetic/pickle-writer.ts';
import type { StorageToWrite, TensorToWrite } from '../../../scripts/synthetic/torch-tensor.ts';

const FLOATS: StorageToWrite = { dtype: 'float32', count: 24, bytes: () => new Uint8Array(96) };
const LONGS: StorageToWrite = { dtype: 'int64', count: 1, bytes: () => new Uint8Array(8) };

function readBack(tensors: readonly TensorToWrite[]): Map<unknown, unknown> {
  const pickle = new PickleWriter();
  pickleStateDict(pickle, tensors, [LONGS, FLOATS]);
  const value = unpickle(pickle.finish(), TORCH_WORLD);
  assert.ok(value instanceof Map);
  return value;
}

test('pickleStateDict() writes shape, strides, offset, format and storage', () => {
  const dict = readBack([
    { key: 'plain', shape: [2, 3, 4], storage: FLOATS },
    { key: 'odd', shape: [3, 2], strides: [1, 300], offset: 70_000, storage: FLOATS },
    { key: 'scalar', shape: [], storage: LONGS },
  ]);
  assert.deepEqual([...dict.keys()], ['plain', 'odd', 'scalar']);
  const plain = dict.get('plain');
  assert.ok(plain instanceof TensorReference);
  assert.deepEqual(plain.shape, [2, 3, 4]);
  assert.deepEqual(plain.strides, [12, 4, 1]);
  assert.equal(plain.offset, 0);
  assert.equal(plain.storage.name, '1');
  assert.equal(plain.storage.dtype, 'float32');
  const odd = dict.get('odd');
  assert.ok(odd instanceof TensorReference);
  assert.deepEqual(odd.strides, [1, 300]);
  assert.equal(odd.offset, 70_000);
  assert.equal(odd.storage.name, '1');
  const scalar = dict.get('scalar');
  assert.ok(scalar instanceof TensorReference);
  assert.deepEqual(scalar.shape, []);
  assert.equal(scalar.storage.dtype, 'int64');
});

test('pickleStateDict() names only globals that torch.save names', () => {
  const pickle = new PickleWriter();
  pickleStateDict(pickle, [{ key: 'a', shape: [1], storage: LONGS }], [LONGS]);
  const text = Buffer.from(pickle.finish()).toString('latin1');
  const names = new Set(text.match(/c[a-z._]+\n\w+\n/g)?.map((name) => name.slice(1).trim()));
  assert.deepEqual([...names].sort(), [
    'collections\nOrderedDict',
    'torch\nLongStorage',
    'torch._utils\n_rebuild_tensor_v2',
  ]);
});
