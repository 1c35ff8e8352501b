import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selfTestPixels } from '../../../functions/model/self-test-pixels.ts';
import { visionShape } from '../../../scripts/convert/model-shape.ts';
import { nodeRuntime } from '../node-runtime.ts';
import { syntheticSource } from '../synthetic-source.ts';
import { fitStatistics, withStatistics } from './fit-statistics.ts';

const SIDE = 96;
/** Of the largest statistic of a layer: float32 through 42 convolutions. */
const TOLERANCE = 1e-3;

test("fitStatistics() settles at OFA-tiny's depth: fitted once more, nothing moves", async () => {
  const { config, weights } = syntheticSource('full');
  const fitting = {
    shape: { ...visionShape(config), imageSide: SIDE },
    normalisation: { mean: config.imageMean, std: config.imageStd },
    pictures: [1, 2, 3, 4].map((variant) => selfTestPixels(SIDE, variant)),
  };
  const runtime = await nodeRuntime();
  const once = await fitStatistics(runtime, { ...fitting, weights });
  const again = await fitStatistics(runtime, {
    ...fitting,
    weights: withStatistics(weights, once),
  });
  assert.equal(once.size, 43);
  for (const [norm, { mean, variance }] of once) {
    for (const [first, second] of [
      [mean, again.get(norm)?.mean],
      [variance, again.get(norm)?.variance],
    ]) {
      const largest = first?.reduce((most, value) => Math.max(most, Math.abs(value)), 0) ?? 0;
      first?.forEach((value, c) => {
        const change = Math.abs((second?.[c] ?? Number.NaN) - value);
        assert.ok(change <= TOLERANCE * largest, `${norm}: ${value} moves by ${change}`);
      });
    }
  }
});
