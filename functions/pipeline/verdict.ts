import type * as z from 'zod/mini';
import type { ByLabel } from '../model/engine.ts';
import type { verdictSchema } from './verdict-schema.ts';

/** What the picture does to the sentence. */
export type Label = keyof ByLabel;

type Described = z.output<typeof verdictSchema>;

/** The answer to one question, in the API's shape. */
export interface Verdict extends Omit<Described, 'explanation'> {
  /** Only where it was asked for. */
  readonly explanation?: Explanation;
}

/** Where in the picture the model looked when it answered: see `explanationSchema`. */
export type Explanation = DeepReadonly<NonNullable<Described['explanation']>>;

type DeepReadonly<T> = { readonly [K in keyof T]: Readonly<T[K]> };

/** The model's word for each class. */
export const ANSWERS = { entailment: 'yes', neutral: 'maybe', contradiction: 'no' } as const;
