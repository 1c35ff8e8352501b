import assert from 'node:assert/strict';
import test from 'node:test';
import { quantile } from '../../../scripts/soak/quantile.ts';

test('quantile() gives the value that a share does not exceed', () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  assert.deepEqual(
    [0, 0.5, 0.95, 1].map((share) => quantile(values, share)),
    [1, 50, 95, 100],
  );
  assert.equal(quantile([7], 0.95), 7);
  assert.ok(Number.isNaN(quantile([], 0.5)));
});
