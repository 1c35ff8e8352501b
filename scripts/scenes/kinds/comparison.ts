import { type Amount, amountOf } from '../meaning/amount.ts';
import { plural } from '../meaning/noun-phrase.ts';
import { formOf } from '../meaning/phrase.ts';
import { type PhrasePair, proposePair } from '../meaning/propose-pair.ts';
import type { Verdict } from '../meaning/verdict.ts';
import type { SentenceKind } from './sentence-kind.ts';

type Order = 'more' | 'fewer' | 'same';

const ORDERS: readonly [Order, ...Order[]] = ['more', 'more', 'fewer', 'fewer', 'same'];

/** "there are more dogs than cats.", "there are as many dogs as cats." */
export const comparison: SentenceKind<PhrasePair & { readonly order: Order }> = {
  name: 'comparison',
  propose: (scene, random) => ({ ...proposePair(scene, random), order: random.pick(ORDERS) }),
  judge(scene, { phrases: [first, second], order }) {
    const a = amountOf(scene, first);
    const b = amountOf(scene, second);
    // Nobody compares what is not there at all.
    if (a === null || b === null || a.most + b.most === 0) return null;
    if (order === 'same') return sameNumber(a, b);
    return order === 'more' ? greater(a, b) : greater(b, a);
  },
  phrases: ({ phrases }) => phrases,
  form: ({ phrases, order }) => [...phrases.map(formOf), order].join(' '),
  phrasings({ phrases: [first, second], order }) {
    const [a, b] = [plural(first), plural(second)];
    if (order === 'same') {
      return [
        `there are as many ${a} as ${b}.`,
        `there are just as many ${a} as ${b} in the picture.`,
        `the picture shows as many ${a} as ${b}.`,
        `you can see as many ${a} as ${b}.`,
        `there are equally many ${a} and ${b}.`,
        `the numbers of ${a} and ${b} are equal.`,
        `a picture with as many ${a} as ${b}.`,
        `you can count as many ${a} as ${b}.`,
      ];
    }
    const other = order === 'more' ? 'fewer' : 'more';
    return [
      `there are ${order} ${a} than ${b}.`,
      `there are ${order} ${a} than ${b} in the picture.`,
      `the picture shows ${order} ${a} than ${b}.`,
      `you can see ${order} ${a} than ${b}.`,
      `there are ${other} ${b} than ${a}.`,
      `a picture with ${order} ${a} than ${b}.`,
      `you can count ${order} ${a} than ${b}.`,
      `the picture shows ${other} ${b} than ${a}.`,
    ];
  },
};

function greater(a: Amount, b: Amount): Verdict {
  if (a.least > b.most) return 'entailment';
  return a.most <= b.least ? 'contradiction' : 'neutral';
}

function sameNumber(a: Amount, b: Amount): Verdict {
  if (a.most < b.least || b.most < a.least) return 'contradiction';
  const settled = a.least === a.most && b.least === b.most;
  return settled ? 'entailment' : 'neutral';
}
