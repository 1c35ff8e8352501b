import type { ModelConfig } from '../checkpoint/model-config.ts';
import type { GraphBuilder } from './graph-builder.ts';
import type { LinearArithmetic } from './linear.ts';
import type { WeightSource } from './weight-source.ts';

/** What the judge graph needs to know of a model. */
export interface JudgeShape
  extends Pick<
    ModelConfig,
    | 'width'
    | 'encoderLayers'
    | 'decoderLayers'
    | 'encoderFfn'
    | 'decoderFfn'
    | 'encoderHeads'
    | 'decoderHeads'
    | 'imageBucketSize'
    | 'tokenBucketSize'
    | 'maxPositions'
    | 'attnScaleFactor'
    | 'shareAttnBias'
    | 'vocabSize'
  > {
  /** Patch cells a side. */
  readonly grid: number;
  /** Most tokens a prompt can have, `<s>` and `</s>` included. */
  readonly maxTokens: number;
  /** Rows of the embedding table that the head compares with: entailment, neutral, contradiction. */
  readonly answerIds: readonly [number, number, number];
}

/** What every part of the judge graph is written with. */
export interface JudgeContext {
  readonly builder: GraphBuilder;
  readonly weights: WeightSource;
  readonly linear: LinearArithmetic;
  /** `Gelu` is exact; `FastGelu` uses tanh, is off by 5e-4 at most, far below a step of int8, and takes half the time. */
  readonly gelu: 'Gelu' | 'FastGelu';
  readonly shape: JudgeShape;
  /** Which rows the nodes written with it are for, appended to their names; constants are shared by all parts. */
  readonly part: string;
}

/** Reads a linear layer of the checkpoint and writes it; see {@linkcode scaledLinear}. */
export function linear(context: JudgeContext, input: string, layer: LinearSite): string {
  return scaledLinear(context, input, { ...layer, scale: () => 1 });
}

/** A linear layer by its key without `.weight` and `.bias`. */
export interface LinearSite {
  readonly key: string;
  readonly inputs: number;
  readonly outputs: number;
}

/**
 * Reads a linear layer of the checkpoint and writes it with a factor folded into each output, which changes nothing
 * in int8, where every output has a scale of its own.
 */
export function scaledLinear(
  { weights, linear: write, part }: JudgeContext,
  input: string,
  { key, inputs, outputs, scale }: LinearSite & { readonly scale: (output: number) => number },
): string {
  return write(input, {
    key,
    name: `${key}${part}`,
    inputs,
    outputs,
    weight: () =>
      weights(`${key}.weight`, [outputs, inputs]).map(
        (value, i) => value * scale(Math.floor(i / inputs)),
      ),
    bias: () => weights(`${key}.bias`, [outputs]).map((value, output) => value * scale(output)),
  });
}

/** PyTorch's LayerNorm default. */
export const LAYER_NORM_EPSILON = 1e-5;

/** Reads a LayerNorm of the checkpoint and writes it over the last axis. */
export function layerNorm(
  { builder, weights, shape, part }: JudgeContext,
  input: string,
  key: string,
  columns = shape.width,
): string {
  const constant = (name: string) =>
    builder.shared(name, [columns], () => weights(name, [columns]));
  return builder.node(
    `${key}${part}`,
    'LayerNormalization',
    [input, constant(`${key}.weight`), constant(`${key}.bias`)],
    { axis: -1, epsilon: { float: LAYER_NORM_EPSILON } },
  );
}
