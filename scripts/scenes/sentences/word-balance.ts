import { VERDICTS, type Verdict } from '../meaning/verdict.ts';
import type { Statement } from './statement.ts';
import { wordsOf } from './words-of.ts';

/** Keeps each word as often in true as in false and in open sentences. */
export interface WordBalance {
  /** Takes the one of these that evens the words out best, and remembers it. */
  take(candidates: readonly [Statement, ...Statement[]]): Statement;
}

/** New words count little: a word seen twice tells nothing yet. */
const SMOOTHING = 6;
/** The structure of a sentence weighs as much as this many times all its words. */
const FORM_WEIGHT = 2;
/** A kind weighs less: in some, open sentences look like false ones, in others like true ones. */
const KIND_WEIGHT = 0.5;
/** How much it counts that a kind has had its share already. */
const SHARE_WEIGHT = 0.5;

/**
 * Makes a balance that has seen nothing.
 *
 * @param shares Kind of sentence -> its wanted share of all sentences, 0 to 1.
 */
export function createWordBalance(shares: ReadonlyMap<string, number>): WordBalance {
  let taken = 0;
  const counts = new Map<string, Record<Verdict, number>>();
  /** How much more often a word stood under a verdict than under any other: -1 to 1. */
  function excess(word: string, verdict: Verdict): number {
    const seen = counts.get(word);
    if (seen === undefined) return 0;
    const others = VERDICTS.filter((other) => other !== verdict).map((other) => seen[other]);
    const total = seen.entailment + seen.neutral + seen.contradiction;
    return (seen[verdict] - Math.max(...others)) / (total + SMOOTHING);
  }
  /** -1: not had at all; 0: as often as wanted; 1: twice as often or more. */
  function surplus(kind: string): number {
    const seen = counts.get(formKey(kind));
    if (seen === undefined) return -1;
    const total = seen.entailment + seen.neutral + seen.contradiction;
    return Math.min(1, total / (taken * (shares.get(kind) ?? 0)) - 1);
  }
  function unevenness({ text, kind, form, verdict }: Statement): number {
    const words = wordsOf(text);
    const sum = words.reduce((total, word) => total + excess(word, verdict), 0);
    return (
      sum / words.length +
      FORM_WEIGHT * excess(formKey(form), verdict) +
      KIND_WEIGHT * excess(formKey(kind), verdict) +
      SHARE_WEIGHT * surplus(kind)
    );
  }
  return {
    take(candidates) {
      const [first, ...others] = candidates;
      let [best, least] = [first, unevenness(first)];
      for (const other of others) {
        const value = unevenness(other);
        if (value < least) [best, least] = [other, value];
      }
      taken += 1;
      for (const word of [formKey(best.kind), formKey(best.form), ...wordsOf(best.text)]) {
        const seen = counts.get(word) ?? { entailment: 0, neutral: 0, contradiction: 0 };
        seen[best.verdict] += 1;
        counts.set(word, seen);
      }
      return best;
    },
  };
}

/** No word of a sentence looks so. */
function formKey(name: string): string {
  return `<${name}>`;
}
