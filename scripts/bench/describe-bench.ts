import { styleText } from 'node:util';
import type { BenchSummary } from './summarise.ts';
import { benchTables, type Table } from './tables.ts';

const NAME_WIDTH = 26;
const CELL_WIDTH = 15;

/** Writes a benchmark's outcome as tables for a terminal. */
export function describeBench(summary: BenchSummary): string {
  return benchTables(summary).map(describeTable).join('\n\n');
}

function describeTable({ title, columns, rows }: Table): string {
  const line = ([name = '', ...cells]: readonly string[]) =>
    name.padEnd(NAME_WIDTH) + cells.map((cell) => cell.padStart(CELL_WIDTH)).join('');
  return [styleText('bold', line([title, ...columns])), ...rows.map(line)].join('\n');
}
