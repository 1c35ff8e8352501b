import type { Answer } from '../answer/answerer.ts';
import type { Evaluation } from '../evaluation.ts';
import type { Pair } from '../input/pair.ts';

/** A pair that was answered wrongly. */
export interface Mistake {
  readonly pair: Pair;
  readonly answer: Answer;
}

/**
 * Picks the mistakes that the model was surest of, one a picture so that no picture fills the page.
 *
 * @param limit How many at most.
 * @returns The surest first: the score of the answer less the score of the truth.
 */
export function worstMistakes(
  { pairs, answers }: Pick<Evaluation, 'pairs' | 'answers'>,
  limit: number,
): Mistake[] {
  const mistakes = pairs.flatMap((pair, i) => {
    const answer = answers[i];
    return answer === undefined || answer.label === pair.label ? [] : [{ pair, answer }];
  });
  mistakes.sort((a, b) => sureness(b) - sureness(a));
  const seen = new Set<string>();
  return mistakes
    .filter(({ pair: { image } }) => !seen.has(image) && seen.add(image))
    .slice(0, limit);
}

function sureness({ pair, answer }: Mistake): number {
  return answer.scores[answer.label] - answer.scores[pair.label];
}
