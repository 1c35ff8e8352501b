import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createArena } from '../../../functions/model/arena.ts';

test('createArena() gives the lowest gap that is large enough, at multiples of 16', () => {
  const arena = createArena();
  assert.deepEqual([arena.take(10), arena.take(40), arena.take(16)], [0, 16, 64]);
  arena.free(16);
  assert.deepEqual([arena.take(49), arena.take(48), arena.size()], [80, 16, 144]);
});

test('createArena() never gives two places that overlap, and none beyond its size', () => {
  const step = fc.record({ bytes: fc.integer({ min: 1, max: 500 }), freed: fc.nat() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const arena = createArena();
      const held: { offset: number; end: number }[] = [];
      for (const { bytes, freed } of steps) {
        const offset = arena.take(bytes);
        assert.ok(held.every((other) => offset >= other.end || offset + bytes <= other.offset));
        assert.ok(offset + bytes <= arena.size());
        held.push({ offset, end: offset + bytes });
        if (freed % 2 === 0) {
          const [gone] = held.splice((freed >> 1) % held.length, 1);
          if (gone !== undefined) arena.free(gone.offset);
        }
      }
    }),
  );
});
