import { GraphBuilder } from '../../../../scripts/convert/graph/graph-builder.ts';
import type { JudgeContext, JudgeShape } from '../../../../scripts/convert/graph/judge-context.ts';
import { floatLinear } from '../../../../scripts/convert/graph/linear.ts';
import { syntheticTensor } from '../../../../scripts/synthetic/synthetic-tensor.ts';
import type { Numbers } from './run-graph.ts';

const SMALL: JudgeShape = {
  width: 12,
  encoderLayers: 1,
  decoderLayers: 1,
  encoderFfn: 20,
  decoderFfn: 20,
  encoderHeads: 3,
  decoderHeads: 3,
  grid: 3,
  maxTokens: 9,
  imageBucketSize: 5,
  tokenBucketSize: 8,
  maxPositions: 16,
  attnScaleFactor: 2,
  shareAttnBias: false,
  vocabSize: 30,
  answerIds: [4, 5, 6],
};

/** A context in fp32 with the reference's synthetic weights, for one piece of the judge graph. */
export function smallContext(shape: Partial<JudgeShape> = {}): JudgeContext {
  const builder = new GraphBuilder('piece', 'weights');
  return {
    builder,
    weights: syntheticTensor,
    linear: floatLinear(builder),
    shape: { ...SMALL, ...shape },
    gelu: 'Gelu',
    part: '',
  };
}

/** Numbers in [-1, 1) that depend on the name alone. */
export function noise(name: string, shape: readonly number[]): Numbers {
  // The formula draws 0.3 u for any name with `type_embedding` in it.
  const values = syntheticTensor(`${name}.type_embedding`, shape);
  return { shape, values: values.map((value) => value / 0.3) };
}

/** Declares an input that has as many rows as the run shall have text tokens, and gives the count's name. */
export function countInput({ builder }: JudgeContext, name = 'counted'): string {
  const input = builder.input(name, 'float32', ['tokens', 1]);
  return builder.node(`${name}.count`, 'Shape', [input], { start: 0, end: 1 });
}

/** The input that makes the count what is wanted. */
export function counted(tokens: number): Numbers {
  return { shape: [tokens, 1], values: new Float32Array(tokens) };
}
