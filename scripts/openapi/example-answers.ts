import { describeProblem, type Problem } from '../../functions/http/problem.ts';
import type { ErrorCode } from '../../functions/lib/entail-error.ts';
import type { ModelDescription } from '../../functions/pipeline/describe-model.ts';
import type { Verdict } from '../../functions/pipeline/verdict.ts';
import { CODE_WORDS } from './code-words.ts';
import { REVISION } from './example-values.ts';

const model = {
  name: 'drawn-scenes',
  revision: REVISION,
  dtype: 'int8',
} as const;

/** What the fresh clone's model says of `photo.jpg`, here two drawn birds. */
export const verdictExample: Verdict = {
  label: 'entailment',
  answer: 'yes',
  scores: {
    entailment: 0.9967484629325771,
    neutral: 0.00004759130924001703,
    contradiction: 0.0032039457581828647,
  },
  image: { format: 'png', width: 384, height: 384 },
  model,
};

/** A problem with one code. */
export function problemExample(code: ErrorCode): Problem {
  return describeProblem(code, CODE_WORDS[code].detail, 'dab77a10-9881-47f2-885b-04982e050e5c');
}

/** Results of a batch whose second sentence cannot be judged. */
export const batchExample: (Verdict | Problem)[] = [verdictExample, problemExample('bad_text')];

/** The fresh clone's model. */
export const modelExample: ModelDescription = {
  ...model,
  vision: 'kernels',
  state: 'ready',
  image: { side: 128 },
  text: { max_characters: 2000, max_source_tokens: 64 },
};
