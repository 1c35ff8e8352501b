import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { gatherTensor } from '../../../../scripts/convert/checkpoint/gather-tensor.ts';
import {
  StorageReference,
  TensorReference,
} from '../../../../scripts/convert/checkpoint/tensor-reference.ts';

function counting(length: number): Uint8Array {
  return new Uint8Array(Float32Array.from({ length }, (_, i) => i).buffer);
}

function view(offset: number, shape: number[], strides: number[]): TensorReference {
  return new TensorReference(new StorageReference('0', 'float32'), offset, { shape, strides });
}

function gathered(length: number, tensor: TensorReference): number[] {
  return [...gatherTensor(counting(length), tensor)];
}

test('gatherTensor() takes a contiguous tensor as it is, without a copy', () => {
  const bytes = counting(6);
  const numbers = gatherTensor(bytes, view(0, [2, 3], [3, 1]));
  assert.deepEqual([...numbers], [0, 1, 2, 3, 4, 5]);
  assert.equal(numbers.buffer, bytes.buffer);
});

test('gatherTensor() copies a part of a storage, so that the rest can be freed', () => {
  const numbers = gatherTensor(counting(10), view(4, [3], [1]));
  assert.deepEqual([...numbers], [4, 5, 6]);
  assert.equal(numbers.buffer.byteLength, 12);
});

test('gatherTensor() follows transposed, broadcast and stepped strides', () => {
  assert.deepEqual(gathered(6, view(0, [3, 2], [1, 3])), [0, 3, 1, 4, 2, 5]);
  assert.deepEqual(gathered(6, view(2, [2, 3], [0, 1])), [2, 3, 4, 2, 3, 4]);
  assert.deepEqual(gathered(10, view(1, [4], [2])), [1, 3, 5, 7]);
});

test('gatherTensor() gives one number for a scalar and none for an empty tensor', () => {
  assert.deepEqual(gathered(4, view(2, [], [])), [2]);
  assert.deepEqual(gathered(4, view(0, [0, 3], [3, 1])), []);
  assert.deepEqual(gathered(4, view(0, [3, 0], [7, 9])), []);
});

test('gatherTensor() ignores the stride of a side of 1', () => {
  assert.deepEqual(gathered(6, view(0, [2, 1, 3], [3, 999, 1])), [0, 1, 2, 3, 4, 5]);
});

test('gatherTensor() works on formats narrower than float32', () => {
  const tensor = new TensorReference(new StorageReference('0', 'int16'), 1, {
    shape: [2, 2],
    strides: [1, 2],
  });
  const bytes = new Uint8Array(Int16Array.from([9, -1, 2, -3, 4, 9]).buffer);
  assert.deepEqual([...gatherTensor(bytes, tensor)], [-1, -3, 2, 4]);
});

test('gatherTensor() finds the number that the definition of strides names, for any layout', () => {
  const side = fc.integer({ min: 1, max: 4 });
  const stride = fc.integer({ min: 0, max: 6 });
  const layout = fc.array(fc.tuple(side, stride), { maxLength: 4 });
  fc.assert(
    fc.property(layout, fc.integer({ min: 0, max: 5 }), (sides, offset) => {
      const tensor = view(
        offset,
        sides.map(([length]) => length),
        sides.map(([, step]) => step),
      );
      let places = [offset];
      for (const [length, step] of sides) {
        places = places.flatMap((place) => Array.from({ length }, (_, i) => place + i * step));
      }
      // The storage is exactly as long as it must be.
      assert.deepEqual(gathered(Math.max(...places) + 1, tensor), places);
      assert.equal(tensor.reach, Math.max(...places) + 1);
    }),
    { numRuns: 200 },
  );
});
