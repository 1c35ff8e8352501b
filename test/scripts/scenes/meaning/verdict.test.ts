import assert from 'node:assert/strict';
import { test } from 'node:test';
import { both, either, opposite, VERDICTS } from '../../../../scripts/scenes/meaning/verdict.ts';

/** Kleene: false, open, true in this order; "and" is the lesser, "or" the greater. */
const ORDER = ['contradiction', 'neutral', 'entailment'] as const;

test('both(), either() and opposite() are minimum, maximum and mirror', () => {
  for (const a of VERDICTS) {
    assert.equal(opposite(a), ORDER[2 - ORDER.indexOf(a)]);
    for (const b of VERDICTS) {
      assert.equal(both(a, b), ORDER[Math.min(ORDER.indexOf(a), ORDER.indexOf(b))]);
      assert.equal(either(a, b), ORDER[Math.max(ORDER.indexOf(a), ORDER.indexOf(b))]);
    }
  }
});
