import type { Label } from '../../functions/pipeline/verdict.ts';

/** The three classes in the order that tables show them. */
export const LABELS: readonly Label[] = ['entailment', 'neutral', 'contradiction'];
