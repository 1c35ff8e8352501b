import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ActivationHistogram } from '../../../scripts/convert/quantise/activation-histogram.ts';
import { spreadActivations, spreadWeights } from '../../../scripts/inspect/spread.ts';

describe('spreadWeights()', () => {
  it('measures each weight in the largest of its own row', () => {
    const { low, high, shares, crest } = spreadWeights(Float32Array.of(2, -2, 100, -100), 2);
    assert.deepEqual([low, high, crest], [-1, 1, 1]);
    assert.deepEqual([shares[0], shares.at(-1)], [0.5, 0.5]);
  });

  it('shows an outlier as a high crest', () => {
    const { crest } = spreadWeights(Float32Array.of(10, 0, 0, 0), 1);
    assert.equal(crest, 2);
  });

  it('takes a row of zeros', () => {
    const { shares } = spreadWeights(new Float32Array(4), 2);
    assert.equal(shares[12], 1);
  });
});

describe('spreadActivations()', () => {
  it('spreads over what was seen', () => {
    const seen = new ActivationHistogram();
    seen.add(Float32Array.of(-1, -1, -1, 3));
    const { low, high, shares } = spreadActivations(seen);
    assert.deepEqual([low, high], [-1, 3]);
    assert.deepEqual([shares[0], shares.at(-1)], [0.75, 0.25]);
  });
});
