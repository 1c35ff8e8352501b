import { stringify } from 'csv-stringify/sync';
import { LABELS } from '../../../client/index.ts';
import { type Answer, isVerdict } from '../question.ts';
import { shownPath } from '../shown-path.ts';

const COLUMNS = ['image', 'text', 'premise', 'source', 'label', ...LABELS, 'code', 'detail'];

/** Writes answers as CSV (RFC 4180 but for line feeds alone), the names of the columns first. */
export function csvOutput(answers: readonly Answer[]): string {
  const rows = answers.map(({ path, hypothesis, premise, source, result }) => [
    shownPath(path),
    hypothesis,
    premise,
    source === null ? null : shownPath(source),
    ...(isVerdict(result)
      ? [result.label, ...LABELS.map((label) => result.scores[label]), null, null]
      : [null, ...LABELS.map(() => null), result.code, result.detail]),
  ]);
  return stringify([COLUMNS, ...rows]).trimEnd();
}
