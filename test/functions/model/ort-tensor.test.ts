import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { adoptTensor, allocateTensor } from '../../../functions/model/ort-tensor.ts';
import { ortModule } from './ort-wasm.ts';

const module = await ortModule();
/** Larger than the heap at start (16 MiB): the memory has to grow under the views. */
const LARGE = [3, 2_000_000] as const;

describe('allocateTensor()', () => {
  it('gives a view of the shape that lies in the heap: what is written is read again', () => {
    const tensor = allocateTensor(module, [2, 3, 4]);
    tensor.view().set(Float32Array.from({ length: 24 }, (_, i) => i / 8));
    assert.deepEqual(tensor.shape, [2, 3, 4]);
    assert.equal(tensor.view().length, 24);
    assert.equal(tensor.view().buffer, module.HEAPU8.buffer);
    assert.deepEqual([...tensor.view().subarray(21)], [21 / 8, 22 / 8, 23 / 8]);
    tensor.release();
  });

  it('keeps its values when the heap grows and moves the view', () => {
    const small = allocateTensor(module, [5]);
    small.view().set([1, 2, 3, 4, 5]);
    const before = module.HEAPU8.byteLength;
    const large = allocateTensor(module, LARGE);
    large.view().fill(7);
    assert.ok(module.HEAPU8.byteLength > before);
    assert.deepEqual([...small.view()], [1, 2, 3, 4, 5]);
    assert.equal(large.view().at(-1), 7);
    large.release();
    small.release();
  });

  it('does not overlap another tensor', () => {
    const [a, b] = [allocateTensor(module, [100]), allocateTensor(module, [100])];
    a.view().fill(1);
    b.view().fill(2);
    assert.ok(a.view().every((value) => value === 1));
    a.release();
    b.release();
  });

  it('gives the memory back: 50 large tensors one after another need no more than one', () => {
    allocateTensor(module, LARGE).release();
    const heap = module.HEAPU8.byteLength;
    for (let i = 0; i < 50; i++) allocateTensor(module, LARGE).release();
    assert.equal(module.HEAPU8.byteLength, heap);
  });

  it('leaves the stack as it was', () => {
    const stack = module.stackSave();
    const tensor = allocateTensor(module, [1, 2, 3, 4]);
    assert.equal(module.stackSave(), stack);
    tensor.release();
  });

  it('refuses what the heap cannot hold as runtime_dead, and works on', () => {
    // 4 MiB less than the 4 GiB that a 32-bit memory can have: the runtime itself needs more than 4.
    const heap = module.HEAPU8.byteLength;
    assert.throws(() => allocateTensor(module, [1023 * 1024 * 1024]), {
      name: 'EntailError',
      code: 'runtime_dead',
      message: /cannot allocate 4290772992 bytes/,
    });
    assert.equal(module.HEAPU8.byteLength, heap);
    allocateTensor(module, [4]).release();
  });
});

describe('adoptTensor()', () => {
  it('reads shape and values of a tensor that is only known by its handle', () => {
    for (const shape of [[6], [2, 3], [1, 2, 1, 3]]) {
      const tensor = allocateTensor(module, shape);
      tensor.view().set([1, 2, 3, 4, 5, 6]);
      const adopted = adoptTensor(module, tensor.handle);
      assert.deepEqual(adopted.shape, shape);
      assert.deepEqual([...adopted.view()], [1, 2, 3, 4, 5, 6]);
      tensor.release();
    }
  });

  it('leaves the stack as it was', () => {
    const tensor = allocateTensor(module, [2]);
    const stack = module.stackSave();
    adoptTensor(module, tensor.handle);
    assert.equal(module.stackSave(), stack);
    tensor.release();
  });
});
