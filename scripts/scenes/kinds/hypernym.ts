import { amountOf, atLeast, exactly } from '../meaning/amount.ts';
import { counted, one, plural, singular } from '../meaning/noun-phrase.ts';
import { formOf, type Phrase } from '../meaning/phrase.ts';
import { traitsOf } from '../meaning/traits.ts';
import { HYPERNYMS } from '../nouns/hypernyms.ts';
import type { Term } from '../nouns/noun.ts';
import type { Random } from '../random.ts';
import type { Scene } from '../scene.ts';
import type { SentenceKind } from './sentence-kind.ts';

/** What a sentence says of things under a wider term. */
export interface HypernymMeaning {
  readonly phrase: Phrase;
  /** 0: none; 1: at least one; more: exactly so many. */
  readonly count: number;
}

const COUNTS: readonly [number, ...number[]] = [0, 0, 1, 1, 2, 3, 4];
const TRAIT_SHARE = 0.4;

/** "there is an animal.", "there are two vehicles." */
export const hypernym: SentenceKind<HypernymMeaning> = {
  name: 'hypernym',
  propose(scene, random) {
    const term = proposeTerm(scene, random);
    const trait = random.chance(TRAIT_SHARE) ? random.pick(traitsOf(term)) : null;
    return { phrase: { term, colour: null, trait }, count: random.pick(COUNTS) };
  },
  judge(scene, { phrase, count }) {
    const amount = amountOf(scene, phrase);
    return amount && (count === 1 ? atLeast(amount, 1) : exactly(amount, count));
  },
  phrases: ({ phrase }) => [phrase],
  form: ({ phrase, count }) => `${formOf(phrase)} ${count}`,
  phrasings({ phrase, count }) {
    if (count === 0) {
      return [
        `there is no ${singular(phrase)}.`,
        `there are no ${plural(phrase)}.`,
        `a picture without ${one(phrase)}.`,
        `the picture does not show ${one(phrase)}.`,
        `no ${singular(phrase)} can be seen.`,
        `you cannot see ${one(phrase)}.`,
        `nothing in the picture is ${one(phrase)}.`,
        `not a single ${singular(phrase)} is here.`,
      ];
    }
    if (count === 1) {
      return [
        `there is ${one(phrase)}.`,
        `there is ${one(phrase)} in the picture.`,
        `${one(phrase)} is in the picture.`,
        `a picture with ${one(phrase)}.`,
        `the picture shows ${one(phrase)}.`,
        `you can see ${one(phrase)}.`,
        `something in the picture is ${one(phrase)}.`,
        `at least one ${singular(phrase)} is visible.`,
      ];
    }
    const some = counted(phrase, count);
    return [
      `there are ${some}.`,
      `there are exactly ${some} in the picture.`,
      `${some} are in the picture.`,
      `a picture with ${some}.`,
      `the picture shows ${some}.`,
      `you can count ${some}.`,
      `there are ${some} in total.`,
      `i see ${some}.`,
    ];
  },
};

function proposeTerm(scene: Scene, random: Random): Term {
  const fitting = HYPERNYMS.filter(({ name }) =>
    scene.objects.some(({ noun }) => noun.hypernyms.includes(name)),
  );
  const from = random.chance(0.6) && fitting.length > 0 ? fitting : HYPERNYMS;
  const term = from[random.below(from.length)];
  if (term === undefined) throw new Error('cannot speak of wider terms: there are none');
  return term;
}
