import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ActivationHistogram } from '../../../../scripts/convert/quantise/activation-histogram.ts';
import { chooseRange, chooseRanges } from '../../../../scripts/convert/quantise/choose-range.ts';

/** A million values, evenly from 0 to 1, and one far out. */
function withOutlier(outlier: number): ActivationHistogram {
  const histogram = new ActivationHistogram();
  histogram.add(Float32Array.from({ length: 1e6 }, (_, i) => i / 1e6));
  histogram.add(Float32Array.of(outlier));
  return histogram;
}

/** Of a bin: 4,096 of them reach from 0 to 128 at most. */
const BIN = 1 / 32;
const relu = { signed: false };

describe('chooseRange()', () => {
  it('extremes: reaches to the last value', () => {
    assert.deepEqual(chooseRange(withOutlier(100), 'extremes', relu), { low: 0, high: 100 });
  });

  it('p99.999 and p99.99: leave out one value of 100,000 and of 10,000', () => {
    const seen = withOutlier(100);
    assert.ok(Math.abs(chooseRange(seen, 'p99.999', relu).high - 1) <= BIN);
    const [wide, narrow] = [1e5, 1e4].map((length) => {
      // Ten values out of 100,000 lie at 3: within one ten-thousandth, beyond one hundred-thousandth.
      const histogram = new ActivationHistogram();
      histogram.add(Float32Array.from({ length: 1e5 }, (_, i) => (i < 9 ? 3 : i / 1e5)));
      return chooseRange(histogram, length === 1e5 ? 'p99.999' : 'p99.99', relu).high;
    });
    assert.ok(Math.abs((wide ?? 0) - 3) <= BIN && Math.abs((narrow ?? 0) - 1) <= BIN);
  });

  it('mse: cuts off what costs less than the finer steps bring', () => {
    // One in a million at 2 costs 1 when cut off; steps of 2/127 instead of 1/127 cost a million times 1.5e-5.
    const { high } = chooseRange(withOutlier(2), 'mse', relu);
    assert.ok(high >= 1 && high < 1.2, `${high}`);
    // Far out it costs so much that coarser steps are taken: (100 - h)^2 + 1e6 (h / 127)^2 / 12 is least at 16.
    const { high: far } = chooseRange(withOutlier(100), 'mse', relu);
    assert.ok(far > 12 && far < 22, `${far}`);
  });

  it('treats both ends of signed values', () => {
    const histogram = new ActivationHistogram();
    histogram.add(Float32Array.from({ length: 1e6 }, (_, i) => i / 1e6 - 0.5));
    histogram.add(Float32Array.of(-20, 30));
    const { low, high } = chooseRange(histogram, 'p99.999', { signed: true });
    assert.ok(Math.abs(low + 0.5) <= BIN && Math.abs(high - 0.5) <= BIN, `${low} ${high}`);
    assert.deepEqual(chooseRange(histogram, 'extremes', { signed: true }), { low: -20, high: 30 });
  });

  it('survives a site where nothing ever happens', () => {
    const histogram = new ActivationHistogram();
    histogram.add(new Float32Array(100));
    for (const choice of ['extremes', 'p99.999', 'p99.99', 'mse'] as const) {
      const { low, high } = chooseRange(histogram, choice, relu);
      assert.ok(Math.abs(low) < 1e-6 && Math.abs(high) < 1e-6, choice);
    }
  });
});

describe('chooseRanges()', () => {
  it('gives each site its own range', () => {
    const seen = new Map([
      ['conv1', withOutlier(4)],
      ['layer1.0.downsample.0', withOutlier(9)],
    ]);
    const ranges = chooseRanges(seen, 'extremes');
    assert.deepEqual([...ranges.keys()], ['conv1', 'layer1.0.downsample.0']);
    assert.deepEqual(ranges.get('layer1.0.downsample.0'), { low: 0, high: 9 });
  });
});
