import { atLeast as amountAtLeast, amountOf } from '../meaning/amount.ts';
import { counted } from '../meaning/noun-phrase.ts';
import { formOf, type Phrase } from '../meaning/phrase.ts';
import { proposeCount } from '../meaning/propose-count.ts';
import { proposePhrase } from '../meaning/propose-phrase.ts';
import type { SentenceKind } from './sentence-kind.ts';

/** "there are at least three dogs.", "there are more than two dogs." */
export const atLeast: SentenceKind<{ readonly phrase: Phrase; readonly count: number }> = {
  name: 'at-least',
  propose(scene, random) {
    const phrase = proposePhrase(scene, random, { presence: 0.85 });
    return { phrase, count: proposeCount(scene, phrase, { random, low: 2 }) };
  },
  judge(scene, { phrase, count }) {
    const amount = amountOf(scene, phrase);
    return amount && amountAtLeast(amount, count);
  },
  phrases: ({ phrase }) => [phrase],
  form: ({ phrase, count }) => `${formOf(phrase)} ${count}`,
  phrasings({ phrase, count }) {
    const some = counted(phrase, count);
    const fewer = counted(phrase, count - 1);
    return [
      `there are at least ${some}.`,
      `there are at least ${some} in the picture.`,
      `at least ${some} can be seen.`,
      `the picture shows at least ${some}.`,
      `there ${count === 2 ? 'is' : 'are'} more than ${fewer}.`,
      `more than ${fewer} can be seen.`,
      `you can see more than ${fewer}.`,
      `a picture with at least ${some}.`,
      `${some} or more are in the picture.`,
    ];
  },
};
