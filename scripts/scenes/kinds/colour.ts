import { COLOUR_NAMES, type Colour } from '../colours.ts';
import { amountOf, atLeast } from '../meaning/amount.ts';
import { one, singular } from '../meaning/noun-phrase.ts';
import type { Phrase } from '../meaning/phrase.ts';
import { opposite } from '../meaning/verdict.ts';
import type { Noun } from '../nouns/noun.ts';
import { NOUNS } from '../nouns/nouns.ts';
import type { SentenceKind } from './sentence-kind.ts';

/** What a sentence says of the colour of things. */
export interface ColourMeaning {
  readonly noun: Noun;
  readonly colour: Colour;
  /** "no balloon is red" against "a balloon is red". */
  readonly negated: boolean;
  /** Whether "the" fits: there is but one. */
  readonly definite: boolean;
}

const RECOLOURABLE = NOUNS.filter(({ recolourable }) => recolourable);
const PRESENCE = 0.85;

/** "the balloon is red." Black-and-white pictures leave it open. */
export const colour: SentenceKind<ColourMeaning> = {
  name: 'colour',
  propose(scene, random) {
    const shown = scene.objects.filter(({ noun }) => noun.recolourable);
    const object = random.chance(PRESENCE) ? shown[random.below(shown.length)] : undefined;
    const [first] = RECOLOURABLE;
    const noun = object?.noun ?? RECOLOURABLE[random.below(RECOLOURABLE.length)] ?? first;
    if (noun === undefined) throw new Error('cannot speak of colours: no noun has one');
    const any = random.pick(COLOUR_NAMES);
    const single = scene.objects.filter((other) => other.noun === noun).length <= 1;
    return {
      noun,
      colour: random.chance(0.5) ? (object?.colour ?? any) : any,
      negated: random.chance(0.4),
      definite: single && random.chance(0.6),
    };
  },
  judge(scene, { noun, colour, negated }) {
    const amount = amountOf(scene, colouredPhrase({ noun, colour }));
    const some = amount && atLeast(amount, 1);
    return some && (negated ? opposite(some) : some);
  },
  phrases: (meaning) => [colouredPhrase(meaning)],
  form: ({ negated, definite }) => `${negated} ${definite}`,
  phrasings({ noun, colour, negated, definite }) {
    const thing: Phrase = { term: noun, colour: null, trait: null };
    const red: Phrase = { ...thing, colour };
    const a = definite ? `the ${noun.name}` : one(thing);
    if (negated) {
      return [
        `no ${noun.name} is ${colour}.`,
        `none of the ${noun.plural} is ${colour}.`,
        `there is no ${noun.name} that is ${colour}.`,
        `there is no ${singular(red)}.`,
        `no ${noun.name} in the picture is ${colour}.`,
        `you cannot see ${one(thing)} that is ${colour}.`,
        `the colour ${colour} is on no ${noun.name}.`,
        `not one ${noun.name} is ${colour}.`,
      ];
    }
    return [
      `${a} is ${colour}.`,
      `${a} in the picture is ${colour}.`,
      `there is ${one(thing)} that is ${colour}.`,
      `there is ${one(red)}.`,
      `the colour of ${a} is ${colour}.`,
      `you can see ${one(thing)} that is ${colour}.`,
      `${a} has the colour ${colour}.`,
      `${a} is painted ${colour}.`,
      `one ${noun.name} is ${colour}.`,
    ];
  },
};

function colouredPhrase({ noun, colour }: Pick<ColourMeaning, 'noun' | 'colour'>): Phrase {
  return { term: noun, colour, trait: null };
}
