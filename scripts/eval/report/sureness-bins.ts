import type { Evaluation } from '../evaluation.ts';

/** Answers whose highest score lies in one range. */
export interface SurenessBin {
  readonly pairs: number;
  /** Mean of the highest scores, 0-1. */
  readonly score: number;
  /** Share of right labels, 0-1. */
  readonly accuracy: number;
}

const BINS = 10;

/** Sorts answers by their highest score into tenths; a tenth without answers is left out. */
export function surenessBins({
  pairs,
  answers,
}: Pick<Evaluation, 'pairs' | 'answers'>): SurenessBin[] {
  const judged = answers.map(({ label, scores }, i) => ({
    score: scores[label],
    isRight: label === pairs[i]?.label,
  }));
  return Array.from({ length: BINS }, (_, bin) => {
    const inside = judged.filter(
      ({ score }) => Math.min(BINS - 1, Math.floor(score * BINS)) === bin,
    );
    return {
      pairs: inside.length,
      score: inside.reduce((sum, { score }) => sum + score, 0) / inside.length,
      accuracy: inside.filter(({ isRight }) => isRight).length / inside.length,
    };
  }).filter((bin) => bin.pairs > 0);
}
