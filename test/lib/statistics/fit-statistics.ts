import { type Normalisation, normalisePixels } from '../../../functions/model/normalise-pixels.ts';
import type { OrtRuntime } from '../../../functions/model/ort-runtime.ts';
import { describeBackbone } from '../../../scripts/convert/graph/backbone.ts';
import type { Convolution, ConvolutionSite } from '../../../scripts/convert/graph/convolution.ts';
import { floatVision } from '../../../scripts/convert/graph/float-vision.ts';
import { GraphBuilder } from '../../../scripts/convert/graph/graph-builder.ts';
import type { VisionArithmetic } from '../../../scripts/convert/graph/vision-arithmetic.ts';
import { authorVision, type VisionShape } from '../../../scripts/convert/graph/vision-graph.ts';
import type { WeightSource } from '../../../scripts/convert/graph/weight-source.ts';

const PREFIX = 'encoder.embed_images.';
/** PyTorch's default, which the converter folds with. */
const EPSILON = 1e-5;

/** A backbone and the pictures that it is to have seen. */
export interface Fitting {
  readonly shape: VisionShape;
  readonly weights: WeightSource;
  readonly normalisation: Normalisation;
  readonly pictures: readonly Uint8Array[];
}

/** Mean and variance of each channel in front of a BatchNorm. */
export interface Statistics {
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/**
 * Measures the statistics that a backbone's BatchNorms would have after training on some pictures, in one run: each
 * norm takes mean and deviation from what it gets, as in training. (Taking turns, all layers at a time, does not
 * settle: what is still off grows from layer to layer, at full size beyond what float32 holds.)
 *
 * The pictures lie side by side in one, a square of as many as fill it; windows across their borders are few.
 *
 * @returns By the name of the norm, e.g. `layer1.0.bn1`.
 */
export async function fitStatistics(
  runtime: OrtRuntime,
  { shape, weights, normalisation, pictures }: Fitting,
): Promise<ReadonlyMap<string, Statistics>> {
  const collage = besideOneAnother(pictures, shape.imageSide);
  const builder = new GraphBuilder('statistics', 'weights');
  authorVision(builder, trainingVision(builder), {
    shape: { ...shape, imageSide: collage.side },
    weights,
  });
  const { graph, weights: bytes } = builder.encode();
  const session = await runtime.createSession(graph, { location: 'weights', bytes });
  const pixels = runtime.allocate([1, 3, collage.side, collage.side]);
  normalisePixels(collage.pixels, normalisation, pixels.view());
  const sites = sitesOf(shape);
  const names = sites.flatMap(({ name }) => [`${name}.mean`, `${name}.variance`]);
  const values = await session.runAll({ pixels }, names);
  const found = sites.map((site, at): [string, Statistics] => {
    const [mean, variance] = [values[2 * at], values[2 * at + 1]];
    if (mean === undefined || variance === undefined)
      throw new RangeError(`nothing of ${site.name}`);
    return [
      site.norm,
      inFront(weights, site, { mean: mean.view().slice(), variance: variance.view().slice() }),
    ];
  });
  for (const tensor of [...values, pixels]) tensor.release();
  session.release();
  return new Map(found);
}

/** The same weights with other statistics. */
export function withStatistics(
  weights: WeightSource,
  statistics: ReadonlyMap<string, Statistics>,
): WeightSource {
  return (key, shape) => {
    const [, norm = '', part = ''] = /^(.*)\.(running_mean|running_var)$/.exec(key) ?? [];
    const own = statistics.get(norm.slice(PREFIX.length));
    if (own === undefined) return weights(key, shape);
    return part === 'running_mean' ? own.mean : own.variance;
  };
}

function sitesOf({ resnetBlocks }: VisionShape): ConvolutionSite[] {
  const { stem, blocks } = describeBackbone(resnetBlocks);
  const inner = blocks.flatMap(({ conv1, conv2, conv3, downsample }) =>
    [conv1, conv2, conv3, downsample].filter((site) => site !== null),
  );
  return [stem, ...inner];
}

function besideOneAnother(
  pictures: readonly Uint8Array[],
  side: number,
): { readonly pixels: Uint8Array; readonly side: number } {
  const across = Math.floor(Math.sqrt(pictures.length));
  const row = 3 * side;
  const pixels = new Uint8Array(across * across * side * row);
  for (const [at, picture] of pictures.slice(0, across * across).entries()) {
    const [top, left] = [Math.floor(at / across) * side, at % across];
    for (let y = 0; y < side; y++) {
      const line = picture.subarray(y * row, (y + 1) * row);
      pixels.set(line, ((top + y) * across + left) * row);
    }
  }
  return { pixels, side: across * side };
}

/** From what a BatchNorm with its old statistics gave to what stood in front of it. */
function inFront(
  weights: WeightSource,
  { norm, outChannels }: ConvolutionSite,
  { mean, variance }: Statistics,
): Statistics {
  const read = (part: string) => weights(`${PREFIX}${norm}.${part}`, [outChannels]);
  const [gamma, beta, oldMean, oldVariance] = [
    read('weight'),
    read('bias'),
    read('running_mean'),
    read('running_var'),
  ];
  const factor = (c: number) =>
    Math.sqrt((oldVariance[c] ?? 0) + EPSILON) / (gamma[c] ?? Number.NaN);
  return {
    mean: mean.map((value, c) => (value - (beta[c] ?? 0)) * factor(c) + (oldMean[c] ?? 0)),
    variance: variance.map((value, c) => value * factor(c) ** 2),
  };
}

/**
 * fp32 vision as in training: what a convolution and its old BatchNorm give is normalised once more, by its own mean
 * and variance, which are outputs. Two norms in a row are the second alone.
 */
function trainingVision(builder: GraphBuilder): VisionArithmetic {
  const float = floatVision(builder);
  const relu = (value: string) => builder.node(`${value}.relu`, 'Relu', [value]);

  function normalised(input: string, conv: Convolution): string {
    const { name, outChannels } = conv;
    const axes = { axes: [0, 2, 3], keepdims: 1 };
    const channels = (part: string, data: Float32Array) =>
      builder.constant(`${name}.${part}`, [outChannels, 1, 1], data);
    const given = float.project(input, { ...conv, name: `${name}.given` });
    const mean = builder.node(`${name}.mean`, 'ReduceMean', [given], axes);
    const own = builder.node(`${name}.own`, 'Sub', [given, mean]);
    const squares = builder.node(`${name}.squares`, 'Mul', [own, own]);
    const variance = builder.node(`${name}.variance`, 'ReduceMean', [squares], axes);
    for (const output of [mean, variance]) {
      builder.output(output, 'float32', [1, outChannels, 1, 1]);
    }
    const deviation = builder.node(`${name}.deviation`, 'Sqrt', [variance]);
    const unit = builder.node(`${name}.unit`, 'Div', [own, deviation]);
    const scaled = builder.node(`${name}.scaled`, 'Mul', [unit, channels('gamma', conv.deviation)]);
    return builder.node(name, 'Add', [scaled, channels('beta', conv.mean)]);
  }
  const positive = (input: string, conv: Convolution) => relu(normalised(input, conv));
  return {
    ...float,
    stem: positive,
    convolve: positive,
    project: normalised,
    close(name, input, end) {
      const own = normalised(input, end.convolution);
      return relu(builder.node(`${name}.sum`, 'Add', [own, end.shortcut]));
    },
  };
}
