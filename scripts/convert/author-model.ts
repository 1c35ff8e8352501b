import type { Manifest, ModelFileName, ModelFiles } from '../../functions/model/manifest.ts';
import { CHANNEL_BLOCK, planVision, type VisionPlan } from '../../functions/model/vision-plan.ts';
import { authorEmbeddings } from './author-embeddings.ts';
import type { ModelConfig } from './checkpoint/model-config.ts';
import { ConvertError } from './convert-error.ts';
import { floatVision } from './graph/float-vision.ts';
import { type EncodedGraph, GraphBuilder } from './graph/graph-builder.ts';
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

/** What the manifest says of a model but for shards, name and self-test. */
export type ModelDescription = Pick<Manifest, 'dtype' | 'image' | 'shape' | 'text'>;

/** A model whose files can be read, as often as wanted. */
export interface ReadableModel extends ModelDescription {
  read(name: ModelFileName): Promise<Uint8Array<ArrayBuffer>>;
}

/** A model in memory. */
export interface AuthoredModel extends ReadableModel {
  readonly files: ModelFiles<Uint8Array<ArrayBuffer>>;
}

/** A model that is not written yet: each part is, whenever it is asked for, so that no two need be in memory. */
export interface ModelAuthor extends ModelDescription {
  vision(): EncodedGraph;
  judge(): EncodedGraph;
  embeddings(): Uint8Array<ArrayBuffer>;
  readonly tokenizer: Uint8Array<ArrayBuffer>;
  /** Vision's int8 weights, for our own kernels and for the graph; null in fp32. */
  readonly kernels: (() => Uint8Array<ArrayBuffer>) | null;
}

/** Writes all of a model into memory. */
export function authorModel(source: ModelSource, precision: Precision): AuthoredModel {
  const { vision, judge, embeddings, tokenizer, kernels, ...described } = modelAuthor(
    source,
    precision,
  );
  const [visionGraph, judgeGraph] = [vision(), judge()];
  const files = {
    'vision.onnx': visionGraph.graph,
    'vision.weights': visionGraph.weights,
    'judge.onnx': judgeGraph.graph,
    'judge.weights': judgeGraph.weights,
    embeddings: embeddings(),
    tokenizer,
    ...(kernels === null ? {} : { 'vision.kernels': kernels() }),
  };
  return { ...described, files, read: async (name) => presentFile(name, files[name]) };
}

/**
 * A file that a model must have.
 *
 * @throws {ConvertError} It has not.
 */
export function presentFile<File>(name: ModelFileName, file: File | undefined): File {
  if (file === undefined) throw new ConvertError(`the model has no ${name}`);
  return file;
}

/**
 * Prepares to write a model; int8 and fp32 come from the same author.
 *
 * @throws {ConvertError} int8, and the width is not a multiple of the kernels' block of channels.
 */
export function modelAuthor(source: ModelSource, precision: Precision): ModelAuthor {
  const { config, weights, textRows } = source;
  const int8 = precision.dtype === 'int8' ? precision : null;
  const plan = int8 === null ? null : kernelPlan(config);
  const shape = visionShape(config);
  const normalisation = { mean: config.imageMean, std: config.imageStd };
  function vision(): EncodedGraph {
    const builder = new GraphBuilder('vision', 'vision.weights');
    const arithmetic =
      int8 === null || plan === null
        ? floatVision(builder)
        : int8Vision(builder, int8.ranges, kernelStore(builder, plan));
    authorVision(builder, arithmetic, { shape, weights });
    return builder.encode();
  }
  function judge(): EncodedGraph {
    const builder = new GraphBuilder('judge', 'judge.weights');
    authorJudge({
      builder,
      weights,
      linear:
        int8 === null
          ? floatLinear(builder)
          : mixedLinear(builder, (key) => int8.kept?.has(key) ?? false),
      gelu: int8 === null ? 'Gelu' : 'FastGelu',
      shape: judgeShape(config, source.answerIds),
      part: '',
    });
    return builder.encode();
  }
  return {
    dtype: precision.dtype,
    image: { side: config.imageSide, ...normalisation },
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
    vision,
    judge,
    embeddings: () => authorEmbeddings(source, precision.dtype),
    tokenizer: Uint8Array.from(source.tokenizer),
    kernels:
      int8 === null
        ? null
        : () => authorKernels({ shape, weights, ranges: int8.ranges, normalisation }),
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
