import { EntailError } from '../lib/entail-error.ts';
import type { ByLabel } from '../model/engine.ts';
import type { Label } from './verdict.ts';

/** Three float64 quotients of one sum are off by a few units in the last place at most. */
const MAX_SUM_ERROR = 1e-12;

/** Probabilities and the class they speak for. */
export interface Scored {
  readonly label: Label;
  readonly scores: ByLabel;
}

/**
 * Softmax over the three answers, and the checks that no broken output passes.
 *
 * @param logits Any finite numbers.
 * @returns Scores in float64; of equal ones the first in the order of `ByLabel` is the label.
 * @throws {EntailError} `inference_invalid`: a logit is not finite, or the scores do not sum to 1.
 */
export function scoreLogits(logits: ByLabel): Scored {
  const { entailment, neutral, contradiction } = logits;
  const largest = Math.max(entailment, neutral, contradiction);
  const weights = [entailment, neutral, contradiction].map((logit) => Math.exp(logit - largest));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const [yes = Number.NaN, maybe = Number.NaN, no = Number.NaN] = weights.map(
    (weight) => weight / sum,
  );
  const finite = [entailment, neutral, contradiction].every(Number.isFinite);
  if (!finite || Math.abs(yes + maybe + no - 1) > MAX_SUM_ERROR) {
    throw new EntailError(
      'inference_invalid',
      `cannot answer: the model's logits are ${entailment}, ${neutral}, ${contradiction}`,
    );
  }
  const scores = { entailment: yes, neutral: maybe, contradiction: no };
  if (yes >= maybe && yes >= no) return { label: 'entailment', scores };
  return { label: maybe >= no ? 'neutral' : 'contradiction', scores };
}
