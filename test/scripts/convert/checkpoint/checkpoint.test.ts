import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Checkpoint } from '../../../../scripts/convert/checkpoint/checkpoint.ts';
import {
  StorageReference,
  TensorReference,
} from '../../../../scripts/convert/checkpoint/tensor-reference.ts';
import type { TorchDtype } from '../../../../scripts/convert/checkpoint/torch-dtype.ts';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';
import { TINY } from './temporary-checkpoint.ts';

const BYTES = new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer);

function tensor(shape: number[], dtype: TorchDtype = 'float32'): TensorReference {
  const strides = shape.length === 2 ? [shape[1] ?? 1, 1] : [1];
  return new TensorReference(new StorageReference('0', dtype), 0, { shape, strides });
}

function checkpointOf(
  tensors: Record<string, TensorReference>,
  { bytes = BYTES, bigEndian = false, onRead = () => {}, onClose = () => {} } = {},
): Checkpoint {
  const source = {
    bigEndian,
    storageBytes: () => bytes.length,
    readStorage() {
      onRead();
      return bytes.slice();
    },
  };
  const settings = { config: TINY, vocabularyPath: 'v', mergesPath: 'm' };
  const stored = Object.entries(tensors).map(
    ([key, reference]) => [key, { reference, source }] as const,
  );
  return new Checkpoint(settings, {
    tensors: new Map(stored),
    renamed: 0,
    form: 'torch zip',
    files: 1,
    close: onClose,
  });
}

test('tensor() reads one tensor, and only when asked', () => {
  let reads = 0;
  const checkpoint = checkpointOf({ a: tensor([2, 3]), b: tensor([6]) }, { onRead: () => reads++ });
  assert.equal(reads, 0);
  const { shape, data } = checkpoint.tensor('a', [2, 3]);
  assert.deepEqual(shape, [2, 3]);
  assert.deepEqual([...data], [1, 2, 3, 4, 5, 6]);
  assert.equal(reads, 1);
});

test('tensor() refuses a missing or misshapen key without reading', () => {
  const checkpoint = checkpointOf(
    { a: tensor([2, 3]) },
    { onRead: () => assert.fail('nothing is to be read') },
  );
  assert.throws(() => checkpoint.tensor('a', [3, 2]), /a: expected \[3, 2\], found \[2, 3\]/);
  assert.throws(() => checkpoint.tensor('b', [1]), /b: expected \[1\], found nothing/);
  assert.deepEqual(checkpoint.unused(), [{ key: 'a', shape: [2, 3] }]);
});

test('check() says what does not fit the settings, without reading', () => {
  const checkpoint = checkpointOf({ 'encoder.layernorm_embedding.bias': tensor([6]) });
  assert.throws(
    () => checkpoint.check(),
    (error: unknown) =>
      error instanceof ConvertError &&
      /do not fit config\.json(.|\n)*encoder\.layernorm_embedding\.bias: expected \[8\], found \[6\]/.test(
        error.message,
      ),
  );
});

test('unused() lists what was never read, in the order of the file', () => {
  const checkpoint = checkpointOf({ a: tensor([6]), b: tensor([2]), c: tensor([1, 2]) });
  checkpoint.tensor('b', [2]);
  assert.deepEqual(checkpoint.unused(), [
    { key: 'a', shape: [6] },
    { key: 'c', shape: [1, 2] },
  ]);
  assert.equal(checkpoint.has('a'), true);
  assert.equal(checkpoint.has('z'), false);
});

test('tensor() turns big-endian numbers of any size', () => {
  const big = Uint8Array.of(0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0);
  const floats = checkpointOf({ a: tensor([2]) }, { bytes: big, bigEndian: true });
  assert.deepEqual([...floats.tensor('a', [2]).data], [1, -2]);
  const halves = checkpointOf({ a: tensor([2], 'bfloat16') }, { bytes: big, bigEndian: true });
  assert.deepEqual([...halves.tensor('a', [2]).data], [1, 0]);
  const long = Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 2);
  const longs = checkpointOf({ a: tensor([1], 'int64') }, { bytes: long, bigEndian: true });
  assert.deepEqual([...longs.tensor('a', [1]).data], [258]);
  const bytes = checkpointOf({ a: tensor([2], 'uint8') }, { bytes: long, bigEndian: true });
  assert.deepEqual([...bytes.tensor('a', [2]).data], [0, 0]);
});

test('close() closes the file', async () => {
  let closed = 0;
  await checkpointOf({}, { onClose: () => closed++ }).close();
  assert.equal(closed, 1);
});
