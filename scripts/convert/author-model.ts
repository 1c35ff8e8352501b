import type { Manifest, ModelFiles } from '../../functions/model/manifest.ts';
import { CHANNEL_BLOCK, planVision, type VisionPlan } from '../../functions/model/vision-plan.ts';
import { authorEmbeddings } from './author-embeddings.ts';
import type { ModelConfig } from './checkpoint/model-config.ts';
import { ConvertError } from './convert-error.ts';
import { floatVision } from './graph/float-vision.ts';
import { GraphBuilder } from './graph/graph-builder.ts';
import { int8Vision } from './graph/int8-vision.ts';
import { authorJudge } from './graph/judge-graph.ts';
import { floatLinear, mixedLinear } from './graph/linear.ts';
import { authorVision, patchGrid } from './graph/vision-graph.ts';
import type { WeightSource } from './graph/weight-source.ts';
import { authorKernels } from './kernels/author-kernels.ts';
import { kernelStore } from './kernels/int8-store.ts';
import { judgeShape, visionShape } from './model-shape.ts';
import type { ActivationRanges } from './quantise/activation-ranges.ts';

/** What a model's files are written from. */
export interface ModelSource {
  readonly config: ModelConfig;
  readonly weights: WeightSource;
  /** Ids of the answers of entailment, neutral, contradiction. */
  readonly answerIds: readonly [number, number, number];
  /** Rows of the embedding table that text can name. */
  readonly textRows: number;
  /** The compiled vocabulary. */
  readonly tokenizer: Uint8Array;
}

/** Number formats: int8 with the ranges it needs, and linear layers that stay as they are; or fp32. */
export type Precision =
  | { readonly dtype: 'fp32' }
  | {
      readonly dtype: 'int8';
      readonly ranges: ActivationRanges;
      /** Keys of the judge's linear layers that are kept in fp32. */
      readonly kept?: ReadonlySet<string>;
    };

/** A model in memory: what the manifest says of it but for shards, name and self-test. */
export interface AuthoredModel extends Pick<Manifest, 'dtype' | 'image' | 'shape' | 'text'> {
  readonly files: ModelFiles<Uint8Array<ArrayBuffer>>;
}

/** Writes both graphs and the embeddings; int8 and fp32 come from the same author. */
export function authorModel(source: ModelSource, precision: Precision): AuthoredModel {
  const { config, weights, textRows } = source;
  const vision = new GraphBuilder('vision', 'vision.weights');
  const arithmetic =
    precision.dtype === 'int8'
      ? int8Vision(vision, precision.ranges, kernelStore(vision, kernelPlan(config)))
      : floatVision(vision);
  authorVision(vision, arithmetic, { shape: visionShape(config), weights });
  const judge = new GraphBuilder('judge', 'judge.weights');
  authorJudge({
    builder: judge,
    weights,
    linear:
      precision.dtype === 'int8'
        ? mixedLinear(judge, (key) => precision.kept?.has(key) ?? false)
        : floatLinear(judge),
    gelu: precision.dtype === 'int8' ? 'FastGelu' : 'Gelu',
    shape: judgeShape(config, source.answerIds),
    part: '',
  });
  const [visionGraph, judgeGraph] = [vision.encode(), judge.encode()];
  return {
    dtype: precision.dtype,
    image: { side: config.imageSide, mean: config.imageMean, std: config.imageStd },
    shape: {
      patches: patchGrid(config.imageSide) ** 2,
      width: config.width,
      blocks: config.resnetBlocks,
    },
    text: {
      rows: textRows,
      maxSourceLength: config.maxSourceLength,
      promptType: config.promptType,
      prompt: config.prompt,
    },
    files: {
      'vision.onnx': visionGraph.graph,
      'vision.weights': visionGraph.weights,
      'judge.onnx': judgeGraph.graph,
      'judge.weights': judgeGraph.weights,
      embeddings: authorEmbeddings(source, precision.dtype),
      tokenizer: Uint8Array.from(source.tokenizer),
      ...kernelFile(source, precision),
    },
  };
}

/** @throws {ConvertError} The width is not a multiple of the kernels' block of channels. */
function kernelPlan({ imageSide, resnetBlocks, width }: ModelConfig): VisionPlan {
  if (width % CHANNEL_BLOCK !== 0) {
    throw new ConvertError(
      `cannot convert to int8: the width ${width} is not a multiple of ${CHANNEL_BLOCK}; use --dtype fp32`,
    );
  }
  return planVision({ side: imageSide, blocks: resnetBlocks, width });
}

/** Vision's int8 weights, for our own kernels and for the graph. */
function kernelFile(
  { config, weights }: ModelSource,
  precision: Precision,
): { 'vision.kernels'?: Uint8Array<ArrayBuffer> } {
  if (precision.dtype !== 'int8') return {};
  const { ranges } = precision;
  const normalisation = { mean: config.imageMean, std: config.imageStd };
  const shape = visionShape(config);
  return { 'vision.kernels': authorKernels({ shape, weights, ranges, normalisation }) };
}
