import { styleText } from 'node:util';

/** A table, for the terminal or for a page. */
export interface Table {
  /** Above the first column. */
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const NAME_WIDTH = 26;
const LEAST_CELL_WIDTH = 15;
const GAP = 2;

/** Writes tables for a terminal. */
export function terminalTables(tables: readonly Table[]): string {
  return tables.map(terminalTable).join('\n\n');
}

function terminalTable({ title, columns, rows }: Table): string {
  const widths = columns.map((column) => Math.max(LEAST_CELL_WIDTH, column.length + GAP));
  const line = ([name = '', ...cells]: readonly string[]) =>
    name.padEnd(NAME_WIDTH) + cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('');
  return [styleText('bold', line([title, ...columns])), ...rows.map(line)].join('\n');
}

/** Writes tables for a page in Markdown. */
export function markdownTables(tables: readonly Table[]): string {
  return tables.map(markdownTable).join('\n\n');
}

function markdownTable({ title, columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const head = [title, ...columns];
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
