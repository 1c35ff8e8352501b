import { amountOf, atLeast } from '../meaning/amount.ts';
import { counted } from '../meaning/noun-phrase.ts';
import { formOf, type Phrase } from '../meaning/phrase.ts';
import { proposeCount } from '../meaning/propose-count.ts';
import { proposePhrase } from '../meaning/propose-phrase.ts';
import { opposite } from '../meaning/verdict.ts';
import type { SentenceKind } from './sentence-kind.ts';

/** "there are at most two dogs.", "there are fewer than three dogs." */
export const atMost: SentenceKind<{ readonly phrase: Phrase; readonly count: number }> = {
  name: 'at-most',
  propose(scene, random) {
    const phrase = proposePhrase(scene, random, { presence: 0.85 });
    return { phrase, count: proposeCount(scene, phrase, { random, low: 1 }) };
  },
  judge(scene, { phrase, count }) {
    const amount = amountOf(scene, phrase);
    return amount && opposite(atLeast(amount, count + 1));
  },
  phrases: ({ phrase }) => [phrase],
  form: ({ phrase, count }) => `${formOf(phrase)} ${count}`,
  phrasings({ phrase, count }) {
    const some = counted(phrase, count);
    const more = counted(phrase, count + 1);
    const be = count === 1 ? 'is' : 'are';
    return [
      `there ${be} at most ${some}.`,
      `there ${be} at most ${some} in the picture.`,
      `at most ${some} can be seen.`,
      `the picture shows at most ${some}.`,
      `there are fewer than ${more}.`,
      `fewer than ${more} can be seen.`,
      `you can see fewer than ${more}.`,
      `a picture with at most ${some}.`,
      `there ${be} no more than ${some}.`,
      `the picture shows no more than ${some}.`,
    ];
  },
};
