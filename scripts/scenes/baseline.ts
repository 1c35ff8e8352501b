import { VERDICTS } from './meaning/verdict.ts';
import type { Pair } from './sentences/pair.ts';
import { wordsOf } from './sentences/words-of.ts';

/** How well words alone tell the label. */
export interface BaselineReport {
  /** Share of right labels on pairs not learnt from, 0 to 1; chance is a third. */
  readonly accuracy: number;
  /** Pairs not learnt from. */
  readonly pairs: number;
}

/** Every fifth image is kept for the question. */
const HELD_BACK = 5;
const EPOCHS = 6;
const STEP = 0.05;

/**
 * Learns the label from the sentence alone: logistic regression over words and pairs of neighbours
 * of hypothesis and premise, by stochastic gradient descent.
 *
 * @param pairs All pairs of some images, in the order of images.
 */
export function textBaseline(pairs: readonly Pair[]): BaselineReport {
  const ids = new Map<string, number>();
  const rows = pairs.map((pair) => ({
    features: featuresOf(pair).map((feature) => {
      const id = ids.get(feature) ?? ids.size;
      ids.set(feature, id);
      return id;
    }),
    label: VERDICTS.indexOf(pair.label),
    held: Number.parseInt(pair.image, 10) % HELD_BACK === 0,
  }));
  const weights = VERDICTS.map(() => new Float64Array(ids.size));
  const scores = (features: readonly number[]) =>
    weights.map((weight) => features.reduce((sum, id) => sum + (weight[id] ?? 0), 0));
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const { features, label } of rows.filter(({ held }) => !held)) {
      const exponentials = scores(features).map(Math.exp);
      const sum = exponentials.reduce((total, value) => total + value, 0);
      for (const [verdict, weight] of weights.entries()) {
        const error = (verdict === label ? 1 : 0) - (exponentials[verdict] ?? 0) / sum;
        for (const id of features) weight[id] = (weight[id] ?? 0) + (STEP / (1 + epoch)) * error;
      }
    }
  }
  const asked = rows.filter(({ held }) => held);
  const right = asked.filter(({ features, label }) => {
    const values = scores(features);
    return values.indexOf(Math.max(...values)) === label;
  });
  return { accuracy: right.length / asked.length, pairs: asked.length };
}

function featuresOf({ hypothesis, premise }: Pair): string[] {
  return [
    ...wordsOf(hypothesis),
    ...(premise === null ? [] : wordsOf(premise).map((word) => `premise: ${word}`)),
  ];
}
