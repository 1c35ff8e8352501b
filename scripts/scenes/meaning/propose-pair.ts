import type { Random } from '../random.ts';
import type { Scene } from '../scene.ts';
import { amountOf } from './amount.ts';
import type { Phrase } from './phrase.ts';
import { proposePhrase } from './propose-phrase.ts';

/** Two phrases that a sentence compares. */
export interface PhrasePair {
  readonly phrases: readonly [Phrase, Phrase];
  /** Whether "the" fits: no more than one thing each. */
  readonly definite: boolean;
}

/** At most one of the two is likely to have a trait or to be missing: more would be far-fetched. */
const PRESENCE = 0.9;

/** Draws two phrases of different nouns, mostly of things that are there. */
export function proposePair(scene: Scene, random: Random): PhrasePair {
  const first = proposePhrase(scene, random, { presence: PRESENCE });
  const second = proposePhrase(scene, random, { presence: PRESENCE, not: [first] });
  const plain = { ...second, trait: first.trait === null ? second.trait : null };
  const phrases = random.chance(0.5) ? ([first, plain] as const) : ([plain, first] as const);
  const single = phrases.every(
    ({ term }) => (amountOf(scene, { term, colour: null, trait: null })?.most ?? 0) <= 1,
  );
  return { phrases, definite: single && random.chance(0.6) };
}
