import type { WeightSource } from './weight-source.ts';

/** PyTorch's BatchNorm2d default, which OFA's backbone uses. */
const BATCH_NORM_EPSILON = 1e-5;

/** A convolution with its BatchNorm folded in. */
export interface Convolution {
  /** Canonical name without the backbone's prefix, e.g. `layer1.0.conv2`. */
  readonly name: string;
  readonly inChannels: number;
  readonly outChannels: number;
  /** Side of the square kernel: 1, 3 or 7; the padding is half of it, rounded down. */
  readonly kernel: number;
  readonly stride: number;
  /** `[outChannels, inChannels, kernel, kernel]`. */
  readonly weight: Float32Array;
  /** `[outChannels]`. */
  readonly bias: Float32Array;
  /** BatchNorm's shift: the mean of each output channel on the training data. */
  readonly mean: Float32Array;
  /** BatchNorm's |scale|: the standard deviation of each output channel on the training data. */
  readonly deviation: Float32Array;
}

/** Where a convolution lies in the backbone. */
export interface ConvolutionSite {
  readonly name: string;
  /** Name of its BatchNorm. */
  readonly norm: string;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: number;
  readonly stride: number;
}

/**
 * Reads a convolution and folds its BatchNorm: `w' = w * gamma / sqrt(var + eps)`,
 * `b' = beta - mean * gamma / sqrt(var + eps)`.
 */
export function readConvolution(weights: WeightSource, site: ConvolutionSite): Convolution {
  const { outChannels, inChannels, kernel } = site;
  const prefix = 'encoder.embed_images.';
  const raw = weights(`${prefix}${site.name}.weight`, [outChannels, inChannels, kernel, kernel]);
  const norm = (part: string) => weights(`${prefix}${site.norm}.${part}`, [outChannels]);
  const [gamma, beta, mean, variance] = [
    norm('weight'),
    norm('bias'),
    norm('running_mean'),
    norm('running_var'),
  ];
  const scale = gamma.map((value, c) => value / Math.sqrt((variance[c] ?? 0) + BATCH_NORM_EPSILON));
  const perChannel = inChannels * kernel * kernel;
  return {
    ...site,
    weight: raw.map((value, i) => value * (scale[Math.floor(i / perChannel)] ?? 0)),
    bias: beta.map((value, c) => value - (mean[c] ?? 0) * (scale[c] ?? 0)),
    mean: beta,
    deviation: gamma.map(Math.abs),
  };
}
