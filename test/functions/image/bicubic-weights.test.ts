import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bicubicWeights, WEIGHT_BITS } from '../../../functions/image/bicubic-weights.ts';

const ONE = 2 ** WEIGHT_BITS;

test('bicubicWeights() of the same size picks each sample alone', () => {
  const { first, count, taps, weights } = bicubicWeights(7, 7);
  for (let out = 0; out < 7; out++) {
    for (let tap = 0; tap < (count[out] ?? 0); tap++) {
      const weight = weights[out * taps + tap];
      assert.equal(weight, (first[out] ?? 0) + tap === out ? ONE : 0);
    }
  }
});

test('bicubicWeights() of a halving are the cubic at odd quarters', () => {
  // Distances 0.25, 0.75, 1.25 and 1.75 from the centre, on both sides, over their sum of 2.
  const expected = [0.8671875, 0.2265625, -0.0703125, -0.0234375].map((w) => (w / 2) * ONE);
  const { first, count, taps, weights } = bicubicWeights(64, 32);
  assert.equal(first[16], 29);
  assert.equal(count[16], 8);
  const middle = [...weights.subarray(16 * taps, 16 * taps + 8)];
  assert.deepEqual(middle, [...expected.toReversed(), ...expected]);
});

test('bicubicWeights() stay inside the source and sum to one', () => {
  const size = fc.integer({ min: 1, max: 700 });
  fc.assert(
    fc.property(size, size, (from, to) => {
      const { first, count, taps, weights } = bicubicWeights(from, to);
      for (let out = 0; out < to; out++) {
        const start = first[out] ?? -1;
        const length = count[out] ?? 0;
        assert.ok(start >= 0 && length >= 1 && length <= taps && start + length <= from);
        const row = weights.subarray(out * taps, (out + 1) * taps);
        const sum = row.reduce((total, weight) => total + weight, 0);
        // Each weight is rounded by half a unit at most.
        assert.ok(Math.abs(sum - ONE) <= length / 2);
        assert.ok(row.subarray(length).every((weight) => weight === 0));
      }
    }),
    { numRuns: 60 },
  );
});

test('bicubicWeights() never go back: the ring of rows depends on it', () => {
  for (const [from, to] of [
    [1, 480],
    [333, 480],
    [65535, 480],
  ] as const) {
    const { first, count } = bicubicWeights(from, to);
    for (let out = 1; out < to; out++) {
      assert.ok((first[out] ?? 0) >= (first[out - 1] ?? 0));
      assert.ok((first[out] ?? 0) <= (first[out - 1] ?? 0) + (count[out - 1] ?? 0));
    }
  }
});
