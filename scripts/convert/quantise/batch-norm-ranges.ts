import { describeBackbone } from '../graph/backbone.ts';
import { type Convolution, readConvolution } from '../graph/convolution.ts';
import type { WeightSource } from '../graph/weight-source.ts';
import type { ActivationRange, ActivationRanges } from './activation-ranges.ts';

/**
 * Standard deviations that a range reaches from a channel's mean: fewer clip what trained networks do reach, more make
 * the 127 steps coarse. docs/decisions.md has the figures from 4 to 8.
 */
export const DEVIATIONS = 6.5;

/** What is known of a value, channel by channel. */
interface Moments {
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/**
 * Activation ranges without a single image: on the training data each channel behind a BatchNorm has mean beta and
 * deviation |gamma|; at a bottleneck's end means and variances of the two summands add up.
 */
export function batchNormRanges(
  resnetBlocks: readonly number[],
  weights: WeightSource,
  deviations = DEVIATIONS,
): ActivationRanges {
  const { stem, blocks } = describeBackbone(resnetBlocks);
  const ranges = new Map<string, ActivationRange>();
  const record = (site: string, moments: Moments) => ranges.set(site, rangeOf(moments, deviations));
  const read = (site: typeof stem) => momentsOf(readConvolution(weights, site));
  let shortcut = read(stem);
  record(stem.name, shortcut);
  for (const { name, conv1, conv2, conv3, downsample } of blocks) {
    record(conv1.name, read(conv1));
    record(conv2.name, read(conv2));
    const end = read(conv3);
    record(conv3.name, end);
    if (downsample !== null) {
      shortcut = read(downsample);
      record(downsample.name, shortcut);
    }
    const sum = {
      mean: add(end.mean, shortcut.mean),
      variance: add(end.variance, shortcut.variance),
    };
    record(name, sum);
    shortcut = sum;
  }
  return ranges;
}

function momentsOf({ mean, deviation }: Convolution): Moments {
  return { mean, variance: deviation.map((value) => value * value) };
}

function rangeOf({ mean, variance }: Moments, deviations: number): ActivationRange {
  let low = 0;
  let high = 0;
  mean.forEach((value, channel) => {
    const reach = deviations * Math.sqrt(variance[channel] ?? 0);
    low = Math.min(low, value - reach);
    high = Math.max(high, value + reach);
  });
  return { low, high };
}

function add(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, index) => value + (b[index] ?? 0));
}
