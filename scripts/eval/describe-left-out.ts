import { LEFT_OUT_REASONS, type LeftOut } from './input/left-out.ts';

/** Enough to look at; all of them are in `--json`. */
const MAX_EXAMPLES = 3;

/** Says how many rows were left out for each reason, and where the first stand. */
export function describeLeftOut(leftOut: readonly LeftOut[]): string[] {
  const byReason = Map.groupBy(leftOut, ({ reason }) => reason);
  return [...byReason].map(([reason, rows]) => {
    const examples = rows
      .slice(0, MAX_EXAMPLES)
      .map(({ where, detail }) => (detail === null ? where : `${where} (${detail})`));
    const more = rows.length > MAX_EXAMPLES ? ', ...' : '';
    return `rows left out, as ${LEFT_OUT_REASONS[reason]}: ${rows.length}, at ${examples.join(', ')}${more}`;
  });
}
