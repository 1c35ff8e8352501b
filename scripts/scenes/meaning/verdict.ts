/** What a picture says of a sentence. */
export type Verdict = 'entailment' | 'neutral' | 'contradiction';

/** All verdicts. */
export const VERDICTS: readonly Verdict[] = ['entailment', 'neutral', 'contradiction'];

/** The verdict on the opposite sentence. */
export function opposite(verdict: Verdict): Verdict {
  if (verdict === 'neutral') return 'neutral';
  return verdict === 'entailment' ? 'contradiction' : 'entailment';
}

/** The verdict on two independent sentences joined by "and" (Kleene's strong logic). */
export function both(a: Verdict, b: Verdict): Verdict {
  if (a === 'contradiction' || b === 'contradiction') return 'contradiction';
  return a === 'neutral' || b === 'neutral' ? 'neutral' : 'entailment';
}

/** The verdict on two independent sentences joined by "or". */
export function either(a: Verdict, b: Verdict): Verdict {
  return opposite(both(opposite(a), opposite(b)));
}
