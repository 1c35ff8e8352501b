import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { MinHeap } from '../../../functions/text/min-heap.ts';

describe('MinHeap', () => {
  it('gives undefined when it is empty', () => {
    const heap = new MinHeap();
    assert.equal(heap.pop(), undefined);
    heap.push(3);
    assert.equal(heap.pop(), 3);
    assert.equal(heap.pop(), undefined);
  });

  it('gives back what it holds in order, equal ones as often as they came', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), (keys) => {
        const heap = new MinHeap();
        for (const key of keys) heap.push(key);
        const popped = keys.map(() => heap.pop());
        assert.deepEqual(
          popped,
          keys.toSorted((a, b) => a - b),
        );
      }),
    );
  });

  it('gives the smallest at any time, pushes and pops mixed', () => {
    const step = fc.option(fc.nat(2 ** 48), { nil: 'pop' as const });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const heap = new MinHeap();
        const held: number[] = [];
        for (const key of steps) {
          if (key === 'pop') {
            held.sort((a, b) => a - b);
            assert.equal(heap.pop(), held.shift());
          } else {
            heap.push(key);
            held.push(key);
          }
        }
      }),
    );
  });
});
