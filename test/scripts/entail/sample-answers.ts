import type { Label, Verdict } from '../../../client/index.ts';
import type { Answer, Problem } from '../../../scripts/entail/question.ts';
import { userPath } from '../../../scripts/lib/user-path.ts';

const WORDS = { entailment: 'yes', neutral: 'maybe', contradiction: 'no' } as const;

/** A verdict with a label of this score; the others share the rest. */
export function verdictOf(label: Label, score: number): Verdict {
  const rest = (1 - score) / 2;
  return {
    label,
    answer: WORDS[label],
    scores: { entailment: rest, neutral: rest, contradiction: rest, [label]: score },
    image: { format: 'png', width: 2, height: 3 },
    model: { name: 'made-up', revision: 'sha256:0', dtype: 'int8' },
  };
}

/** An answer about a picture in the folder where the tests run. */
export function answerOf(picture: string, hypothesis: string, result: Verdict | Problem): Answer {
  return { path: userPath(picture), hypothesis, premise: null, source: null, result };
}

/** Why there is none. */
export const BROKEN: Problem = { code: 'image_corrupt', detail: 'cannot decode the image' };
