import { parse } from 'csv-parse/sync';

/**
 * Reads CSV whose first line names its columns (RFC 4180).
 *
 * @throws {Error} It is no CSV; the message names the line.
 */
export function readCsv(text: string): unknown[] {
  return parse(text, { columns: true, bom: true, skip_empty_lines: true });
}
