import type { Label } from '../../functions/pipeline/verdict.ts';
import { countFigures, type Figures, type Judged } from './figures.ts';
import { LABELS } from './labels.ts';

/** What `--json` prints beside the names of models and data. */
export interface Summary extends Figures {
  /** By the truth; a label that no pair has is not there. */
  readonly by_label: Readonly<Record<string, Figures>>;
  /** By what the sentence speaks of, in alphabetical order. */
  readonly by_kind: Readonly<Record<string, Figures>>;
  readonly confusion: Confusion;
}

/** Numbers of pairs by truth, then by answer. */
export type Confusion = Readonly<Record<Label, Readonly<Record<Label, number>>>>;

/**
 * Makes the tables of an evaluation.
 *
 * @param judged One pair or more.
 */
export function summarise(judged: readonly Judged[]): Summary {
  const kinds = [...new Set(judged.map(({ kind }) => kind))].sort();
  const countBy = (of: 'truth' | 'kind', names: readonly string[]) =>
    Object.fromEntries(
      names
        .map((name) => [name, judged.filter((pair) => pair[of] === name)] as const)
        .filter(([, group]) => group.length > 0)
        .map(([name, group]) => [name, countFigures(group)]),
    );
  const row = (truth: Label) => ({
    entailment: count(judged, truth, 'entailment'),
    neutral: count(judged, truth, 'neutral'),
    contradiction: count(judged, truth, 'contradiction'),
  });
  return {
    ...countFigures(judged),
    by_label: countBy('truth', LABELS),
    by_kind: countBy('kind', kinds),
    confusion: {
      entailment: row('entailment'),
      neutral: row('neutral'),
      contradiction: row('contradiction'),
    },
  };
}

function count(judged: readonly Judged[], truth: Label, answer: Label): number {
  return judged.filter((pair) => pair.truth === truth && pair.answer === answer).length;
}
