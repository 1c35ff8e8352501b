import { VERDICTS } from './meaning/verdict.ts';
import type { Pair } from './sentences/pair.ts';

/** Lists how many sentences of each kind have which label, and how each kind shares among them. */
export function scenesReport(pairs: readonly Pair[]): string {
  const kinds = [...new Set(pairs.map(({ kind }) => kind))].sort();
  const rows = [...kinds, 'all'].map((kind) => {
    const those = pairs.filter((pair) => kind === 'all' || pair.kind === kind);
    const labels = VERDICTS.map((label) => those.filter((pair) => pair.label === label).length);
    return [kind.padEnd(14), ...labels.map((count) => String(count).padStart(14))].join('');
  });
  const head = ['kind'.padEnd(14), ...VERDICTS.map((label) => label.padStart(14))].join('');
  return [head, ...rows].join('\n');
}
