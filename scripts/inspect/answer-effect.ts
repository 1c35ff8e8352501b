import type { ByLabel } from '../../functions/model/engine.ts';
import { scoreLogits } from '../../functions/pipeline/score-logits.ts';
import { LABELS } from '../eval/labels.ts';
import type { InspectedQuestion } from './inspection.ts';
import type { Noise } from './probe.ts';

/** What a change of the model does to its answers. */
export interface AnswerEffect {
  /** Questions whose label is another. */
  readonly flips: number;
  /** Largest change of a score, 0-1. */
  readonly largest: number;
  /** Mean of each question's largest change of a score, 0-1. */
  readonly mean: number;
  /**
   * Sums of squares of the logits, each question's mean taken off, and of their change: the softmax knows nothing of
   * what all three have in common. Other than scores, logits show a change where the model is sure as well.
   */
  readonly answers: Noise;
  /** Of the questions whose truth is known, how many are right; null where none is known. */
  readonly right: number | null;
}

/**
 * Compares answers with what they should be.
 *
 * @param exact Logits of each question.
 * @param found The same of the changed model.
 */
export function answerEffect(
  questions: readonly InspectedQuestion[],
  exact: readonly ByLabel[],
  found: readonly ByLabel[],
): AnswerEffect {
  let [flips, largest, sum, right, signal, noise] = [0, 0, 0, 0, 0, 0];
  questions.forEach(({ label }, at) => {
    const [before, after] = [exact[at], found[at]];
    if (before === undefined || after === undefined) throw new RangeError(`no answer to ${at}`);
    const [a, b] = [scoreLogits(before), scoreLogits(after)];
    if (a.label !== b.label) flips += 1;
    if (b.label === label) right += 1;
    const change = Math.max(...LABELS.map((it) => Math.abs(a.scores[it] - b.scores[it])));
    largest = Math.max(largest, change);
    sum += change;
    const [own, other] = [centred(before), centred(after)];
    own.forEach((value, i) => {
      signal += value ** 2;
      noise += ((other[i] ?? 0) - value) ** 2;
    });
  });
  const known = questions.some(({ label }) => label !== null);
  return {
    flips,
    largest,
    mean: sum / questions.length,
    answers: { signal, noise },
    right: known ? right : null,
  };
}

function centred(logits: ByLabel): number[] {
  const values = LABELS.map((label) => logits[label]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}
