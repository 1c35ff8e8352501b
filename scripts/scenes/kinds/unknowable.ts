import { amountOf, atLeast } from '../meaning/amount.ts';
import { one, singular } from '../meaning/noun-phrase.ts';
import { formOf, type Phrase } from '../meaning/phrase.ts';
import { proposePhrase } from '../meaning/propose-phrase.ts';
import { type Trait, traitsOf } from '../meaning/traits.ts';
import { opposite } from '../meaning/verdict.ts';
import type { SentenceKind } from './sentence-kind.ts';

/** What a sentence says of something that no picture shows. */
export interface UnknowableMeaning {
  /** Without a trait. */
  readonly phrase: Phrase;
  readonly trait: Trait;
  /** `some`: a dog is so; `none`: no dog is so; `whether`: there is a dog, so or not. */
  readonly claim: 'some' | 'none' | 'whether';
}

const CLAIMS = ['some', 'some', 'none', 'none', 'whether'] as const;

/** "a dog is hungry.": open while there is a dog, false without one. */
export const unknowable: SentenceKind<UnknowableMeaning> = {
  name: 'unknowable',
  propose(scene, random) {
    const phrase = { ...proposePhrase(scene, random, { presence: 0.5 }), trait: null };
    return { phrase, trait: random.pick(traitsOf(phrase.term)), claim: random.pick(CLAIMS) };
  },
  judge(scene, { phrase, trait, claim }) {
    const amount = amountOf(scene, { ...phrase, trait: claim === 'whether' ? null : trait });
    const some = amount && atLeast(amount, 1);
    return some && (claim === 'none' ? opposite(some) : some);
  },
  phrases: ({ phrase }) => [phrase],
  form: ({ phrase, claim }) => `${formOf(phrase)} ${claim}`,
  phrasings({ phrase, trait: { words }, claim }) {
    const [a, name] = [one(phrase), singular(phrase)];
    if (claim === 'none') {
      return [
        `no ${name} is ${words}.`,
        `there is no ${name} that is ${words}.`,
        `not one ${name} is ${words}.`,
        `no ${name} in the picture is ${words}.`,
        `no ${name} here is ${words}.`,
        `you cannot see ${a} that is ${words}.`,
        `the picture does not show ${a} that is ${words}.`,
        `a picture without ${a} that is ${words}.`,
      ];
    }
    if (claim === 'whether') {
      return [
        `there is ${a} that may be ${words}.`,
        `there is ${a}, ${words} or not.`,
        `there is ${a} that is ${words} or not.`,
        `you can see ${a} that may be ${words}.`,
        `the picture shows ${a}, ${words} or not.`,
        `${a} in the picture may be ${words}.`,
        `a picture with ${a}, ${words} or not.`,
        `i see ${a}, whether it is ${words} or not.`,
      ];
    }
    return [
      `${a} is ${words}.`,
      `there is ${a} that is ${words}.`,
      `one ${name} is ${words}.`,
      `${a} in the picture is ${words}.`,
      `${a} here is ${words}.`,
      `you can see ${a} that is ${words}.`,
      `the picture shows ${a} that is ${words}.`,
      `a picture with ${a} that is ${words}.`,
    ];
  },
};
