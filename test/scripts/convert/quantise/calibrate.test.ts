import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { normalisePixels } from '../../../../functions/model/normalise-pixels.ts';
import { selfTestPixels } from '../../../../functions/model/self-test-pixels.ts';
import { describeBackbone } from '../../../../scripts/convert/graph/backbone.ts';
import {
  type ConvolutionSite,
  readConvolution,
} from '../../../../scripts/convert/graph/convolution.ts';
import { batchNormRanges } from '../../../../scripts/convert/quantise/batch-norm-ranges.ts';
import { calibrate } from '../../../../scripts/convert/quantise/calibrate.ts';
import { chooseRanges } from '../../../../scripts/convert/quantise/choose-range.ts';
import { syntheticTensor } from '../../../../scripts/synthetic/synthetic-tensor.ts';
import { countingRuntime } from '../../../functions/model/counting-runtime.ts';
import { nodeRuntime } from '../../../lib/node-runtime.ts';
import { at } from '../graph/plain-arithmetic.ts';
import {
  mapPicture,
  type Picture,
  plainConvolution,
  plainPool,
} from '../graph/plain-convolution.ts';

const SIDE = 32;
const NORMALISATION = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } as const;
const SHAPE = { resnetBlocks: [1, 1, 1], imageSide: SIDE, width: 8, embedScale: 1 } as const;
/** float32 sums of up to 576 products in four layers, values up to 50. */
const FLOAT32_TOLERANCE = 1e-3;
const [first, second] = [selfTestPixels(SIDE), selfTestPixels(SIDE, 1)];
const runtime = countingRuntime(await nodeRuntime());

async function ranges(pictures: readonly Uint8Array[]) {
  const seen = await calibrate(runtime, {
    shape: SHAPE,
    weights: syntheticTensor,
    normalisation: NORMALISATION,
    pictures,
    onPicture: () => {},
  });
  return chooseRanges(seen, 'extremes');
}

/** The stem and the first bottleneck in plain loops: extremes of each site. */
function plainSites(pixels: Uint8Array): Map<string, readonly [number, number]> {
  const { stem, blocks } = describeBackbone(SHAPE.resnetBlocks);
  const [block] = blocks;
  assert.ok(block?.downsample);
  const found = new Map<string, readonly [number, number]>();
  const observe = (site: string, picture: Picture) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of Array.from(picture.values)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    found.set(site, [low, high]);
    return picture;
  };
  const relu = (picture: Picture) => mapPicture(picture, (value) => Math.max(0, value));
  const convolve = (picture: Picture, site: ConvolutionSite) =>
    plainConvolution(picture, readConvolution(syntheticTensor, site));
  const input = new Float32Array(3 * SIDE * SIDE);
  normalisePixels(pixels, NORMALISATION, input);
  const seen = observe('conv1', relu(convolve({ channels: 3, side: SIDE, values: input }, stem)));
  const pooled = plainPool(seen);
  const inner = observe(block.conv1.name, relu(convolve(pooled, block.conv1)));
  const middle = observe(block.conv2.name, relu(convolve(inner, block.conv2)));
  const end = observe(block.conv3.name, convolve(middle, block.conv3));
  const shortcut = observe(block.downsample.name, convolve(pooled, block.downsample));
  observe(block.name, relu(mapPicture(end, (value, i) => value + at(shortcut.values, i))));
  return found;
}

describe('calibrate()', () => {
  it('measures smallest and largest value of each site, as plain loops find them', async () => {
    const found = await ranges([first]);
    for (const [site, [low, high]] of plainSites(first)) {
      const range = found.get(site);
      assert.ok(range !== undefined, site);
      assert.ok(Math.abs(range.low - low) <= FLOAT32_TOLERANCE, `${site}: ${range.low}, ${low}`);
      assert.ok(
        Math.abs(range.high - high) <= FLOAT32_TOLERANCE,
        `${site}: ${range.high}, ${high}`,
      );
    }
  });

  it('covers the sites that BatchNorm statistics cover', async () => {
    const expected = batchNormRanges(SHAPE.resnetBlocks, syntheticTensor);
    assert.deepEqual(
      [...(await ranges([first])).keys()].toSorted(),
      [...expected.keys()].toSorted(),
    );
  });

  it('widens over all pictures, in whatever order', async () => {
    const [one, other] = [await ranges([first]), await ranges([second])];
    const both = await ranges([first, second]);
    assert.deepEqual(await ranges([second, first]), both);
    for (const [site, { low, high }] of both) {
      const [a, b] = [one.get(site), other.get(site)];
      assert.equal(low, Math.min(a?.low ?? Number.NaN, b?.low ?? Number.NaN), site);
      assert.equal(high, Math.max(a?.high ?? Number.NaN, b?.high ?? Number.NaN), site);
    }
    assert.notDeepEqual(one, other);
  });

  it('gives sessions and tensors back', () => {
    assert.deepEqual(runtime.held, { tensors: 0, sessions: 0, blocks: 0 });
  });

  it('gives session and tensors back when a picture is not of the right size, and says so', async () => {
    const broken = calibrate(runtime, {
      shape: SHAPE,
      weights: syntheticTensor,
      normalisation: NORMALISATION,
      pictures: [first, first.subarray(3)],
      onPicture: () => {},
    });
    await assert.rejects(broken, /cannot normalise/);
    assert.deepEqual(runtime.held, { tensors: 0, sessions: 0, blocks: 0 });
  });
});
