import { type Normalisation, normalisePixels } from '../../../functions/model/normalise-pixels.ts';
import type { OrtRuntime } from '../../../functions/model/ort-runtime.ts';
import { describeBackbone } from '../../../scripts/convert/graph/backbone.ts';
import type { Convolution } from '../../../scripts/convert/graph/convolution.ts';
import { floatVision } from '../../../scripts/convert/graph/float-vision.ts';
import { GraphBuilder } from '../../../scripts/convert/graph/graph-builder.ts';
import { authorVision, type VisionShape } from '../../../scripts/convert/graph/vision-graph.ts';
import type { WeightSource } from '../../../scripts/convert/graph/weight-source.ts';

const PREFIX = 'encoder.embed_images.';
/** PyTorch's default, which the converter folds with. */
const EPSILON = 1e-5;
/** A layer's statistics are right once those before it are: after as many passes nothing moved by a hundredth any more. */
const PASSES = 8;

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
 * Measures the statistics that a backbone's BatchNorms would have after training on some pictures.
 *
 * @returns By the name of the norm, e.g. `layer1.0.bn1`.
 */
export async function fitStatistics(
  runtime: OrtRuntime,
  fitting: Fitting,
): Promise<ReadonlyMap<string, Statistics>> {
  let known: ReadonlyMap<string, Statistics> = new Map();
  for (let pass = 0; pass < PASSES; pass++) {
    const weights = withStatistics(fitting.weights, known);
    known = await measure(runtime, { ...fitting, weights });
  }
  return known;
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

async function measure(
  runtime: OrtRuntime,
  { shape, weights, normalisation, pictures }: Fitting,
): Promise<ReadonlyMap<string, Statistics>> {
  const { stem, blocks } = describeBackbone(shape.resnetBlocks);
  const sites = [
    stem,
    ...blocks.flatMap(({ conv1, conv2, conv3, downsample }) =>
      [conv1, conv2, conv3, downsample].filter((site) => site !== null),
    ),
  ];
  const builder = new GraphBuilder('statistics', 'weights');
  authorVision(builder, bareVision(builder), { shape, weights });
  for (const { name } of sites) {
    builder.output(name, 'float32', ['one', `${name} c`, `${name} y`, `${name} x`]);
  }
  const { graph, weights: bytes } = builder.encode();
  const session = await runtime.createSession(graph, { location: 'weights', bytes });
  const pixels = runtime.allocate([1, 3, shape.imageSide, shape.imageSide]);
  const sums = sites.map(({ outChannels }) => ({
    values: new Float64Array(outChannels),
    squares: new Float64Array(outChannels),
    count: 0,
  }));
  for (const picture of pictures) {
    normalisePixels(picture, normalisation, pixels.view());
    const planes = await session.runAll(
      { pixels },
      sites.map(({ name }) => name),
    );
    planes.forEach((plane, at) => {
      const sum = sums[at];
      if (sum !== undefined) add(sum, plane.view());
      plane.release();
    });
  }
  pixels.release();
  session.release();
  return new Map(
    sites.map((site, at) => {
      const norm = (part: string) => weights(`${PREFIX}${site.norm}.${part}`, [site.outChannels]);
      const { values, squares, count } = sums[at] ?? { values: [], squares: [], count: 1 };
      return [site.norm, behind(norm, Array.from(values), Array.from(squares), count)] as const;
    }),
  );
}

/** From what a BatchNorm with old statistics gave to what stood in front of it. */
function behind(
  norm: (part: string) => Float32Array,
  values: readonly number[],
  squares: readonly number[],
  count: number,
): Statistics {
  const [gamma, beta, oldMean, oldVariance] = [
    norm('weight'),
    norm('bias'),
    norm('running_mean'),
    norm('running_var'),
  ];
  const factor = (c: number) =>
    Math.sqrt((oldVariance[c] ?? 0) + EPSILON) / (gamma[c] ?? Number.NaN);
  const mean = Float32Array.from(
    values,
    (sum, c) => (sum / count - (beta[c] ?? 0)) * factor(c) + (oldMean[c] ?? 0),
  );
  const variance = Float32Array.from(
    squares,
    (sum, c) => Math.max(0, sum / count - ((values[c] ?? 0) / count) ** 2) * factor(c) ** 2,
  );
  return { mean, variance };
}

function add(
  sum: { values: Float64Array; squares: Float64Array; count: number },
  plane: Float32Array,
): void {
  const channels = sum.values.length;
  const size = plane.length / channels;
  for (let c = 0; c < channels; c++) {
    let [total, squares] = [0, 0];
    for (let at = c * size; at < (c + 1) * size; at++) {
      const value = plane[at] ?? 0;
      total += value;
      squares += value * value;
    }
    sum.values[c] = (sum.values[c] ?? 0) + total;
    sum.squares[c] = (sum.squares[c] ?? 0) + squares;
  }
  sum.count += size;
}

/** fp32 vision in which what a BatchNorm gives is a value of its own, before shortcut and Relu. */
function bareVision(builder: GraphBuilder) {
  const float = floatVision(builder);
  const relu = (value: string) => builder.node(`${value}.relu`, 'Relu', [value]);
  const positive = (input: string, conv: Convolution) => relu(float.project(input, conv));
  return {
    ...float,
    stem: positive,
    convolve: positive,
    close(name: string, input: string, end: { convolution: Convolution; shortcut: string }) {
      const own = float.project(input, end.convolution);
      return relu(builder.node(`${name}.sum`, 'Add', [own, end.shortcut]));
    },
  };
}
