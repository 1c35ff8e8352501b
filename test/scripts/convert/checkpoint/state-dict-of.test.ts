import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stateDictOf } from '../../../../scripts/convert/checkpoint/state-dict-of.ts';
import {
  StorageReference,
  TensorReference,
} from '../../../../scripts/convert/checkpoint/tensor-reference.ts';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';

const TENSOR = new TensorReference(new StorageReference('0', 'float32'), 0, {
  shape: [2],
  strides: [1],
});

function refused(top: unknown, message: RegExp): void {
  assert.throws(
    () => stateDictOf(top),
    (error: unknown) => error instanceof ConvertError && message.test(error.message),
  );
}

test('stateDictOf() takes a dict of tensors, in its order', () => {
  const dict = new Map([
    ['b', TENSOR],
    ['a.weight', TENSOR],
  ]);
  assert.deepEqual([...stateDictOf(dict).keys()], ['b', 'a.weight']);
});

test('stateDictOf() takes the tensors under "model" of an original checkpoint', () => {
  const model = new Map([['encoder.layers.0.attn_ln.weight', TENSOR]]);
  const top = new Map<string, unknown>([
    ['args', null],
    ['model', model],
    ['last_optimizer_state', new Map([['x', TENSOR]])],
  ]);
  assert.deepEqual([...stateDictOf(top).keys()], ['encoder.layers.0.attn_ln.weight']);
});

test('stateDictOf() passes over what is no tensor or has no name', () => {
  const dict = new Map<unknown, unknown>([
    ['a', TENSOR],
    ['epoch', 3],
    [7, TENSOR],
  ]);
  assert.deepEqual([...stateDictOf(dict).keys()], ['a']);
});

test('stateDictOf() refuses a checkpoint without tensors', () => {
  for (const top of [null, 3, [TENSOR], new Map(), new Map([['model', new Map()]])]) {
    refused(top, /no tensors by name/);
  }
});
