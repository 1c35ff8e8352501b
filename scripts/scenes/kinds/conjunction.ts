import { amountOf, atLeast, exactly } from '../meaning/amount.ts';
import { counted, one, singular } from '../meaning/noun-phrase.ts';
import { formOf, type Phrase } from '../meaning/phrase.ts';
import { proposeCount } from '../meaning/propose-count.ts';
import { proposePair } from '../meaning/propose-pair.ts';
import { proposePhrase } from '../meaning/propose-phrase.ts';
import { both, either, opposite, type Verdict } from '../meaning/verdict.ts';
import type { Random } from '../random.ts';
import type { Scene } from '../scene.ts';
import type { SentenceKind } from './sentence-kind.ts';

type Joint = 'and' | 'or' | 'neither' | 'but-no';

/** Things, one or more of them or exactly so many. */
interface Item {
  readonly phrase: Phrase;
  /** 1: at least one; more: exactly so many. */
  readonly count: number;
}

/** What a sentence says of two things at once. */
export interface ConjunctionMeaning {
  readonly joint: Joint;
  readonly items: readonly [Item, Item];
}

const JOINTS: readonly [Joint, ...Joint[]] = ['and', 'or', 'neither', 'but-no'];

/** "a dog and a cat.", "a dog or a cat.", "neither a dog nor a cat.", "a dog but no cat." */
export const conjunction: SentenceKind<ConjunctionMeaning> = {
  name: 'conjunction',
  propose(scene, random) {
    const joint = random.pick(JOINTS);
    const [first, second] = proposePhrases(scene, random);
    const item = (phrase: Phrase, mayCount: boolean): Item => {
      const counts = mayCount && random.chance(0.3);
      return { phrase, count: counts ? proposeCount(scene, phrase, { random, low: 2 }) : 1 };
    };
    const both = joint === 'and' || joint === 'or';
    return { joint, items: [item(first, joint !== 'neither'), item(second, both)] };
  },
  judge(scene, { joint, items: [first, second] }) {
    const [a, b] = [judgeItem(scene, first), judgeItem(scene, second)];
    if (a === null || b === null) return null;
    if (joint === 'and') return both(a, b);
    if (joint === 'or') return either(a, b);
    return both(joint === 'neither' ? opposite(a) : a, opposite(b));
  },
  phrases: ({ items }) => items.map(({ phrase }) => phrase),
  form: ({ joint, items }) => [joint, ...items.map(({ phrase }) => formOf(phrase))].join(' '),
  phrasings({ joint, items: [first, second] }) {
    if (joint === 'neither') return neither(one(first.phrase), one(second.phrase));
    const a = itemText(first);
    const be = first.count === 1 ? 'is' : 'are';
    const tail =
      joint === 'but-no'
        ? `${a} but no ${singular(second.phrase)}`
        : `${a} ${joint} ${itemText(second)}`;
    return [
      `there ${be} ${tail}.`,
      `there ${be} ${tail} in the picture.`,
      `a picture with ${tail}.`,
      `the picture shows ${tail}.`,
      `you can see ${tail}.`,
      `i see ${tail}.`,
      `this is a picture of ${tail}.`,
      `here ${be} ${tail}.`,
      `${tail}.`,
    ];
  },
};

function proposePhrases(scene: Scene, random: Random): readonly [Phrase, Phrase] {
  if (random.chance(0.5)) return proposePair(scene, random).phrases;
  const first = proposePhrase(scene, random, { presence: 0.4 });
  return [first, proposePhrase(scene, random, { presence: 0.4, not: [first] })];
}

function judgeItem(scene: Scene, { phrase, count }: Item): Verdict | null {
  const amount = amountOf(scene, phrase);
  return amount && (count === 1 ? atLeast(amount, 1) : exactly(amount, count));
}

function itemText({ phrase, count }: Item): string {
  return count === 1 ? one(phrase) : counted(phrase, count);
}

function neither(a: string, b: string): readonly [string, ...string[]] {
  return [
    `there is neither ${a} nor ${b}.`,
    `there is neither ${a} nor ${b} in the picture.`,
    `a picture with neither ${a} nor ${b}.`,
    `the picture shows neither ${a} nor ${b}.`,
    `you can see neither ${a} nor ${b}.`,
    `i see neither ${a} nor ${b}.`,
    `neither ${a} nor ${b} is here.`,
    `neither ${a} nor ${b} can be seen.`,
  ];
}
