import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { LeftOut } from './left-out.ts';
import type { Pair } from './pair.ts';
import { parseRow } from './parse-row.ts';

/** What a data file holds. */
export interface ReadRows {
  /** In the file's order. */
  readonly pairs: readonly Pair[];
  readonly leftOut: readonly LeftOut[];
  /** Whether all rows are SNLI-VE's, so that published figures can stand beside ours. */
  readonly isSnliVe: boolean;
}

/**
 * Reads a JSONL file of pairs, line by line: SNLI-VE's training split is longer than a string may be.
 *
 * @param options See `parseRow()`.
 * @throws {Error} The file cannot be read, a row is malformed (file and line are named).
 */
export async function readPairs(
  path: string,
  options: { readonly premise: boolean },
): Promise<ReadRows> {
  const file = await open(path).catch((cause: Error) => {
    throw new Error(`cannot read the data: ${cause.message}`, { cause });
  });
  const pairs: Pair[] = [];
  let line = 0;
  const leftOut: LeftOut[] = [];
  let isSnliVe = true;
  for await (const row of file.readLines()) {
    line += 1;
    if (row.trim() === '') continue;
    const where = `${basename(path)}:${line}`;
    const { format, pair } = readRow(where, row, options);
    if (format !== 'snli-ve') isSnliVe = false;
    if (pair === null) leftOut.push({ where, reason: 'no_gold_label', detail: null });
    else pairs.push({ ...pair, where });
  }
  return { pairs, leftOut, isSnliVe };
}

function readRow(where: string, row: string, options: { readonly premise: boolean }) {
  try {
    return parseRow(row, options);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${where}: cannot read the row: ${reason}`, { cause });
  }
}
