import type { Condition } from './parse-options.ts';
import { type Answer, isVerdict } from './question.ts';

/** Finds the answers that a person does not want. */
export function findFailures(
  answers: readonly Answer[],
  condition: Condition | null,
): ReadonlySet<Answer> {
  if (condition === null) return new Set();
  const { labels, minScore } = condition;
  return new Set(
    answers.filter(
      ({ result }) =>
        isVerdict(result) &&
        labels.includes(result.label) &&
        result.scores[result.label] >= minScore,
    ),
  );
}
