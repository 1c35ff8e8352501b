import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeBackbone } from '../../../../scripts/convert/graph/backbone.ts';
import type { WeightSource } from '../../../../scripts/convert/graph/weight-source.ts';
import { batchNormRanges } from '../../../../scripts/convert/quantise/batch-norm-ranges.ts';

const PREFIX = 'encoder.embed_images.';
/** Values are float32 numbers below 100. */
const FLOAT32_TOLERANCE = 1e-5;

/** BatchNorms that are flat (beta 0, gamma 0) but for the channels given: `[beta, gamma]` by norm and channel. */
function source(norms: Record<string, Record<number, readonly [number, number]>>): WeightSource {
  return (key, shape) => {
    const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
    const [, norm = '', part] = /^(.*)\.(\w+)$/.exec(key.slice(PREFIX.length)) ?? [];
    if (part === 'running_var') return values.fill(1);
    for (const [channel, [beta, gamma]] of Object.entries(norms[norm] ?? {})) {
      if (part === 'bias') values[Number(channel)] = beta;
      if (part === 'weight') values[Number(channel)] = gamma;
    }
    return values;
  };
}

function assertRange(
  ranges: ReturnType<typeof batchNormRanges>,
  site: string,
  [low, high]: readonly [number, number],
): void {
  const found = ranges.get(site);
  assert.ok(found !== undefined, site);
  assert.ok(
    Math.abs(found.low - low) <= FLOAT32_TOLERANCE,
    `${site}: low ${found.low}, not ${low}`,
  );
  assert.ok(
    Math.abs(found.high - high) <= FLOAT32_TOLERANCE,
    `${site}: high ${found.high}, not ${high}`,
  );
}

describe('batchNormRanges()', () => {
  it('covers every site of the backbone and no other', () => {
    const { stem, blocks } = describeBackbone([2, 1, 3]);
    const expected = blocks.flatMap(({ name, conv1, conv2, conv3, downsample }) => [
      name,
      ...[conv1, conv2, conv3].map((conv) => conv.name),
      ...(downsample === null ? [] : [downsample.name]),
    ]);
    const found = [...batchNormRanges([2, 1, 3], source({})).keys()];
    assert.deepEqual(found.toSorted(), [stem.name, ...expected].toSorted());
  });

  it('reaches 6.5 deviations from the mean, over all channels', () => {
    const norms = { bn1: { 0: [1, 0.5], 5: [-3, 0.5], 9: [2, -0.5] } } as const;
    // 1 + 3.25, 2 + 3.25 (the size of gamma counts), -3 - 3.25.
    assertRange(batchNormRanges([1, 1, 1], source(norms)), 'conv1', [-6.25, 5.25]);
  });

  it('contains zero even when no channel comes near it', () => {
    const norms = { 'layer1.0.bn1': Object.fromEntries(channels(64, [10, 0.5])) };
    assertRange(batchNormRanges([1, 1, 1], source(norms)), 'layer1.0.conv1', [0, 13.25]);
  });

  it('adds means and variances where a block ends: 3 and 4 make 5', () => {
    const norms = {
      'layer1.0.bn3': { 7: [1, 3], 8: [0, 1] },
      'layer1.0.downsample.1': { 7: [2, 4] },
    } as const;
    const ranges = batchNormRanges([1, 1, 1], source(norms));
    assertRange(ranges, 'layer1.0.conv3', [1 - 19.5, 1 + 19.5]);
    assertRange(ranges, 'layer1.0.downsample.0', [2 - 26, 2 + 26]);
    assertRange(ranges, 'layer1.0', [3 - 32.5, 3 + 32.5]);
  });

  it('carries the sum on as the shortcut of the next block, and drops it at a projection', () => {
    const norms = {
      'layer1.0.bn3': { 7: [1, 3] },
      'layer1.0.downsample.1': { 7: [2, 4] },
      'layer1.1.bn3': { 7: [-1, 12] },
      'layer2.0.bn3': { 7: [0.5, 1] },
    } as const;
    const ranges = batchNormRanges([2, 1, 1], source(norms));
    // Means 1 + 2 - 1; deviation sqrt(9 + 16 + 144) = 13.
    assertRange(ranges, 'layer1.1', [2 - 84.5, 2 + 84.5]);
    assertRange(ranges, 'layer2.0', [0.5 - 6.5, 0.5 + 6.5]);
  });
});

function channels(count: number, value: readonly [number, number]) {
  return Array.from({ length: count }, (_, channel) => [channel, value] as const);
}
