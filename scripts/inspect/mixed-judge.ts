import { createEmbeddingTable } from '../../functions/model/embedding-table.ts';
import type { ByLabel } from '../../functions/model/engine.ts';
import { authorEmbeddings } from '../convert/author-embeddings.ts';
import { GraphBuilder } from '../convert/graph/graph-builder.ts';
import { authorJudge } from '../convert/graph/judge-graph.ts';
import { judgeShape } from '../convert/model-shape.ts';
import { ActivationHistogram } from '../convert/quantise/activation-histogram.ts';
import type { Inspection } from './inspection.ts';
import { openJudge } from './open-judge.ts';
import { type Noise, PROBE, readProbe } from './probe.ts';
import { probedLinear } from './probed-linear.ts';

/** What int8 changes in the judge beside its linear layers. */
export const EMBEDDINGS = 'embeddings';
/** Gelu by tanh; see `JudgeContext`. */
export const GELU = 'gelu';

/** What the judge said with some layers in int8. */
export interface MixedAnswers {
  /** Of each question. */
  readonly logits: readonly ByLabel[];
  /** What the probed layer gave, against fp32 on the same input; null where none is probed. */
  readonly output: Noise | null;
  /** What it read. */
  readonly input: ActivationHistogram | null;
}

/** Which layers are in int8, and which one is looked at. */
export interface JudgeMixture {
  /** By key, e.g. `decoder.layers.0.fc1`; {@linkcode EMBEDDINGS} and {@linkcode GELU} as well. */
  readonly isInt8: (layer: string) => boolean;
  readonly probed?: string;
}

/**
 * Asks the judge all questions with some layers in int8 and the rest in fp32.
 *
 * @param tokens Image tokens of each picture.
 */
export async function askMixed(
  { source, set, runtime }: Inspection,
  tokens: readonly Float32Array[],
  { isInt8, probed }: JudgeMixture,
): Promise<MixedAnswers> {
  const { config, weights, answerIds, textRows } = source;
  const location = 'judge.weights';
  const builder = new GraphBuilder('judge', location);
  const layers = probedLinear(builder, isInt8, probed ?? null);
  authorJudge({
    builder,
    weights,
    linear: layers.linear,
    gelu: isInt8(GELU) ? 'FastGelu' : 'Gelu',
    shape: judgeShape(config, answerIds),
    part: '',
  });
  const dtype = isInt8(EMBEDDINGS) ? 'int8' : 'fp32';
  const { width } = config;
  const judge = await openJudge(runtime, builder, {
    location,
    width,
    table: createEmbeddingTable(authorEmbeddings(source, dtype), { rows: textRows, width, dtype }),
    further: layers.probe.report() ? [PROBE, ...layers.inputs] : [],
  });
  try {
    const logits: ByLabel[] = [];
    const input = new ActivationHistogram();
    let [signal, noise] = [0, 0];
    for (const { picture, prompt } of set.questions) {
      const seen = tokens[picture];
      if (seen === undefined) throw new RangeError(`no picture ${picture}`);
      const answer = await judge.ask(seen, prompt);
      logits.push(answer.logits);
      const [probe, ...inputs] = answer.further;
      if (probe === undefined) continue;
      const found = readProbe(probe);
      signal += found.signal;
      noise += found.noise;
      for (const values of inputs) input.add(values);
    }
    if (probed === undefined) return { logits, output: null, input: null };
    return { logits, output: { signal, noise }, input };
  } finally {
    judge.release();
  }
}
