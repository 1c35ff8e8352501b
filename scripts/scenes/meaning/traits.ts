import type { Term } from '../nouns/noun.ts';
import { NOUNS } from '../nouns/nouns.ts';

/** Something that no picture shows: a feeling, a name, an owner, a time, a sound, a plan. */
export interface Trait {
  /** Fits behind "is" and "are". */
  readonly words: string;
  /** Where it stands in a noun phrase. */
  readonly position: 'before' | 'after';
}

const OF_ALL: readonly [Trait, ...Trait[]] = [
  { words: 'famous', position: 'before' },
  ...before('lost', 'stolen', 'lucky', 'expensive'),
  ...after(
    'owned by anna',
    'owned by my brother',
    'named after a queen',
    'from another town',
    'older than ten years',
    'about to disappear',
    'making a loud noise',
    'as quiet as ever',
    'for sale on monday',
    'known to everyone here',
  ),
];
const OF_ANIMALS: readonly Trait[] = [
  ...before('happy', 'sad', 'hungry', 'thirsty', 'bored', 'lonely', 'curious', 'friendly'),
  ...after(
    'called max',
    'called bella',
    'about to run away',
    'about to fall asleep',
    'waiting for a friend',
    'afraid of thunder',
    'born in spring',
  ),
];
const OF_THINGS: readonly Trait[] = [
  ...before('borrowed', 'brand-new', 'second-hand'),
  ...after(
    'two weeks old',
    'made in france',
    'meant as a present',
    'about to be moved',
    'made by hand',
    'left here by mistake',
  ),
];

/** The traits that make sense of a term. */
export function traitsOf(term: Term): readonly [Trait, ...Trait[]] {
  const special = isAnimal(term) ? OF_ANIMALS : OF_THINGS;
  return [...OF_ALL, ...special];
}

function isAnimal({ name }: Term): boolean {
  return NOUNS.some(
    (noun) =>
      noun.hypernyms.includes('animal') && (noun.name === name || noun.hypernyms.includes(name)),
  );
}

function before(...words: string[]): Trait[] {
  return words.map((words) => ({ words, position: 'before' }));
}

function after(...words: string[]): Trait[] {
  return words.map((words) => ({ words, position: 'after' }));
}
