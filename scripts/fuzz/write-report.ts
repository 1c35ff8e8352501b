import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { barChart } from '../bench/bar-chart.ts';
import type { Machine } from '../bench/machine.ts';
import type { FuzzSummary } from './summary.ts';

const COLOURS = [
  '#999',
  '#c0392b',
  '#e6a03c',
  '#c9c233',
  '#3b7dd8',
  '#6a4bb5',
  '#7fb069',
  '#4aa3a2',
];

/** Writes the values of a run and a chart of its codes into a folder. */
export async function writeReport(
  folder: string,
  summary: FuzzSummary,
  machine: Machine,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const values = JSON.stringify({ machine, ...summary }, null, 1);
  await writeFile(join(folder, 'fuzz.json'), `${values}\n`);
  await writeFile(join(folder, 'fuzz.svg'), codesChart(summary));
}

/** How often each code came, the most frequent first, by series. */
function codesChart({ series }: FuzzSummary): string {
  const colourOf = (index: number) => COLOURS[index % COLOURS.length] ?? '#999';
  const totals = new Map<string, number>();
  for (const { codes } of series) {
    for (const [code, count] of Object.entries(codes)) {
      totals.set(code, (totals.get(code) ?? 0) + count);
    }
  }
  const codes = [...totals].sort(([, a], [, b]) => b - a).map(([code]) => code);
  return barChart({
    title: 'Answers to hostile pictures',
    unit: '',
    rows: codes.map((code) => ({
      label: code,
      parts: series.map((each, index) => ({
        value: each.codes[code] ?? 0,
        colour: colourOf(index),
      })),
    })),
    legend: series.map(({ name }, index) => ({ name, colour: colourOf(index) })),
  });
}
