import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { ActivationHistogram } from '../../../../scripts/convert/quantise/activation-histogram.ts';

const value = fc.float({ noNaN: true, min: -1000, max: 1000 });
const tensor = fc.array(value, { minLength: 1, maxLength: 30 }).map((it) => Float32Array.from(it));
const tensors = fc.array(tensor, { minLength: 1, maxLength: 4 });

function histogramOf(added: readonly Float32Array[]): ActivationHistogram {
  const histogram = new ActivationHistogram();
  for (const values of added) histogram.add(values);
  return histogram;
}

describe('ActivationHistogram', () => {
  it('knows the extremes exactly, and how many values there are', () => {
    fc.assert(
      fc.property(tensors, (added) => {
        const histogram = histogramOf(added);
        const all = added.flatMap((values) => Array.from(values));
        assert.equal(histogram.low, Math.min(...all));
        assert.equal(histogram.high, Math.max(...all));
        assert.equal(histogram.total, all.length);
        const counted = histogram.bins().reduce((sum, { count }) => sum + count, 0);
        assert.equal(counted, all.length);
      }),
    );
  });

  it('is the same in whatever order, and however cut up, tensors come', () => {
    fc.assert(
      fc.property(tensors, (added) => {
        const bins = histogramOf(added).bins();
        assert.deepEqual(histogramOf(added.toReversed()).bins(), bins);
        const joined = Float32Array.from(added.flatMap((values) => Array.from(values)));
        assert.deepEqual(histogramOf([joined]).bins(), bins);
      }),
    );
  });

  it('is fine enough: each value is nearer to its bin than a 32nd of a step of 127', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const histogram = histogramOf([Float32Array.of(a, b)]);
        const largest = Math.max(Math.abs(a), Math.abs(b), 1e-3);
        for (const each of [a, b]) {
          const nearest = Math.min(...histogram.bins().map((bin) => Math.abs(bin.value - each)));
          assert.ok(nearest <= largest / 127 / 32, `${each}: ${nearest}`);
        }
      }),
    );
  });
});
