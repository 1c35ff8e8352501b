import { amountOf, atLeast } from '../meaning/amount.ts';
import { one, singular } from '../meaning/noun-phrase.ts';
import { formOf, type Phrase } from '../meaning/phrase.ts';
import { proposePhrase } from '../meaning/propose-phrase.ts';
import type { SentenceKind } from './sentence-kind.ts';

/** "there is a dog." */
export const existence: SentenceKind<Phrase> = {
  name: 'existence',
  propose: (scene, random) => proposePhrase(scene, random, { presence: 0.5 }),
  judge(scene, phrase) {
    const amount = amountOf(scene, phrase);
    return amount && atLeast(amount, 1);
  },
  phrases: (phrase) => [phrase],
  form: formOf,
  phrasings: (phrase) => [
    `there is ${one(phrase)}.`,
    `there is ${one(phrase)} in the picture.`,
    `${one(phrase)} is in the picture.`,
    `a picture with ${one(phrase)}.`,
    `the picture shows ${one(phrase)}.`,
    `${one(phrase)} can be seen.`,
    `you can see ${one(phrase)}.`,
    `this is a picture of ${one(phrase)}.`,
    `at least one ${singular(phrase)} is visible.`,
    `${one(phrase)} is here.`,
    `i see ${one(phrase)}.`,
    `${one(phrase)}.`,
  ],
};
