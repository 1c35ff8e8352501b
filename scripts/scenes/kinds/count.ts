import { amountOf, exactly } from '../meaning/amount.ts';
import { counted } from '../meaning/noun-phrase.ts';
import { formOf, type Phrase } from '../meaning/phrase.ts';
import { proposeCount } from '../meaning/propose-count.ts';
import { proposePhrase } from '../meaning/propose-phrase.ts';
import type { SentenceKind } from './sentence-kind.ts';

/** "there are two birds.": so many and no more. */
export const count: SentenceKind<{ readonly phrase: Phrase; readonly count: number }> = {
  name: 'count',
  propose(scene, random) {
    const phrase = proposePhrase(scene, random, { presence: 0.85 });
    return { phrase, count: proposeCount(scene, phrase, { random, low: 1 }) };
  },
  judge(scene, { phrase, count }) {
    const amount = amountOf(scene, phrase);
    return amount && exactly(amount, count);
  },
  phrases: ({ phrase }) => [phrase],
  form: ({ phrase, count }) => `${formOf(phrase)} ${count}`,
  phrasings({ phrase, count }) {
    const some = counted(phrase, count);
    const be = count === 1 ? 'is' : 'are';
    const precise: readonly [string, ...string[]] = [
      `there ${be} exactly ${some}.`,
      `exactly ${some} ${be} in the picture.`,
      `the picture shows exactly ${some}.`,
      `there ${be} ${some}, no more and no less.`,
      `you can count ${some}.`,
      `there ${be} ${some} in total.`,
      `a picture with exactly ${some}.`,
      `you can see exactly ${some}.`,
    ];
    // "there is one dog" may leave room for a second; "there are two dogs" does not.
    if (count === 1) return precise;
    return [
      `there are ${some}.`,
      `there are ${some} in the picture.`,
      `${some} are in the picture.`,
      `a picture with ${some}.`,
      `the picture shows ${some}.`,
      `you can see ${some}.`,
      `${some} are here.`,
      `i see ${some}.`,
      `${some}.`,
      ...precise,
    ];
  },
};
