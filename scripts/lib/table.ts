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
/** Of wide tables columns are only as wide as they must be: a line beyond the terminal's edge cannot be read. */
const MAX_ROOMY_COLUMNS = 8;

/** Writes tables for a terminal. */
export function terminalTables(tables: readonly Table[]): string {
  return tables.map(terminalTable).join('\n\n');
}

function terminalTable({ title, columns, rows }: Table): string {
  const least = columns.length > MAX_ROOMY_COLUMNS ? 0 : LEAST_CELL_WIDTH;
  const widthOf = (column: number) =>
    Math.max(...[[title, ...columns], ...rows].map((row) => row[column]?.length ?? 0)) + GAP;
  const widths = columns.map((_, at) => Math.max(least, widthOf(at + 1)));
  const nameWidth = Math.max(NAME_WIDTH, widthOf(0));
  const line = ([name = '', ...cells]: readonly string[]) =>
    name.padEnd(nameWidth) + cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('');
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
