import type { Label } from '../../functions/pipeline/verdict.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** A share of right answers. */
export interface Share {
  readonly correct: number;
  /** 0-1. */
  readonly accuracy: number;
  /** Wilson's, 95 %. */
  readonly interval: readonly [low: number, high: number];
}

/** How well a group of pairs was answered. */
export interface Figures extends Share {
  readonly pairs: number;
  /** The same pairs with a grey picture. */
  readonly baseline?: Share;
  /** The other model on the same pairs. */
  readonly against?: Share;
  /** Share of pairs to which both models give the same label, 0-1. */
  readonly agreement?: number;
}

/** The truth about a pair, and each label given to it. */
export interface Judged {
  readonly kind: string;
  readonly truth: Label;
  readonly answer: Label;
  readonly baseline?: Label | undefined;
  readonly against?: Label | undefined;
}

/**
 * Counts right answers; what was not asked for all pairs is left out.
 *
 * @param group One pair or more.
 */
export function countFigures(group: readonly Judged[]): Figures {
  const share = (of: 'answer' | 'baseline' | 'against'): Share => {
    const correct = group.filter((pair) => pair[of] === pair.truth).length;
    const interval = wilsonInterval(correct, group.length);
    return { correct, accuracy: correct / group.length, interval };
  };
  const has = (of: 'baseline' | 'against') => group.every((pair) => pair[of] !== undefined);
  const same = group.filter(({ answer, against }) => answer === against).length;
  return {
    pairs: group.length,
    ...share('answer'),
    ...(has('baseline') && { baseline: share('baseline') }),
    ...(has('against') && { against: share('against'), agreement: same / group.length }),
  };
}
