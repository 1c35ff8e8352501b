import type * as z from 'zod/mini';
import type { ByLabel } from '../model/engine.ts';
import type { explanationSchema, verdictSchema } from './verdict-schema.ts';

/** What the picture does to the sentence. */
export type Label = keyof ByLabel;

/** The answer to one question, in the API's shape. */
export type Verdict = z.output<typeof verdictSchema>;

/** Where in the picture the model looked when it answered. */
export type Explanation = z.output<typeof explanationSchema>;

/** The model's word for each class. */
export const ANSWERS = { entailment: 'yes', neutral: 'maybe', contradiction: 'no' } as const;
