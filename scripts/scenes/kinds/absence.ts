import { amountOf, exactly } from '../meaning/amount.ts';
import { one, plural, singular } from '../meaning/noun-phrase.ts';
import { formOf, type Phrase } from '../meaning/phrase.ts';
import { proposePhrase } from '../meaning/propose-phrase.ts';
import type { SentenceKind } from './sentence-kind.ts';

/** "there is no dog." */
export const absence: SentenceKind<Phrase> = {
  name: 'absence',
  propose: (scene, random) => proposePhrase(scene, random, { presence: 0.5 }),
  judge(scene, phrase) {
    const amount = amountOf(scene, phrase);
    return amount && exactly(amount, 0);
  },
  phrases: (phrase) => [phrase],
  form: formOf,
  phrasings: (phrase) => [
    `there is no ${singular(phrase)}.`,
    `there are no ${plural(phrase)}.`,
    `there is no ${singular(phrase)} in the picture.`,
    `there isn't ${one(phrase)} in the picture.`,
    `a picture without ${one(phrase)}.`,
    `the picture does not show ${one(phrase)}.`,
    `no ${singular(phrase)} can be seen.`,
    `you cannot see ${one(phrase)}.`,
    `not a single ${singular(phrase)} is here.`,
    `i see no ${singular(phrase)}.`,
    `no ${plural(phrase)}.`,
  ],
};
