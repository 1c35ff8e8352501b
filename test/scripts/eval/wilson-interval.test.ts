import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wilsonInterval } from '../../../scripts/eval/wilson-interval.ts';

/** Table I, method 3, of R. G. Newcombe, Two-sided confidence intervals for the single proportion, 1998. */
const PUBLISHED = [
  { hits: 81, total: 263, low: 0.2553, high: 0.3662 },
  { hits: 15, total: 148, low: 0.0624, high: 0.1605 },
  { hits: 0, total: 20, low: 0, high: 0.1611 },
  { hits: 1, total: 29, low: 0.0061, high: 0.1718 },
] as const;

/** Half a unit of the table's last place. */
const ROUNDING = 5e-5;

describe('wilsonInterval()', () => {
  for (const { hits, total, low, high } of PUBLISHED) {
    it(`gives the published interval of ${hits} in ${total}`, () => {
      const found = wilsonInterval(hits, total);
      assert.ok(Math.abs(found[0] - low) <= ROUNDING, `${found[0]}`);
      assert.ok(Math.abs(found[1] - high) <= ROUNDING, `${found[1]}`);
    });
  }

  it('is symmetrical: hits and misses change places', () => {
    const [low, high] = wilsonInterval(30, 37);
    const [missLow, missHigh] = wilsonInterval(7, 37);
    // Doubles near 1 are 1e-16 apart.
    assert.ok(Math.abs(low - (1 - missHigh)) < 1e-12);
    assert.ok(Math.abs(high - (1 - missLow)) < 1e-12);
  });

  it('stays within 0-1 and ends there for none and for all', () => {
    assert.equal(wilsonInterval(0, 1)[0], 0);
    assert.equal(wilsonInterval(1, 1)[1], 1);
    assert.equal(wilsonInterval(5000, 5000)[1], 1);
  });
});
