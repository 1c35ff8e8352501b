import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Pair } from './pair.ts';
import { parseRow } from './parse-row.ts';

/** What a data file holds. */
export interface PairSet {
  /** In the file's order, at least one. */
  readonly pairs: readonly Pair[];
  /** Rows that annotators disagreed on. */
  readonly skipped: number;
  /** Whether all rows are SNLI-VE's, so that published figures can stand beside ours. */
  readonly isSnliVe: boolean;
}

/**
 * Reads a JSONL file of pairs, line by line: SNLI-VE's training split is longer than a string may be.
 *
 * @param options See `parseRow()`.
 * @throws {Error} The file cannot be read, a row is malformed (file and line are named), or there is none.
 */
export async function readPairs(
  path: string,
  options: { readonly premise: boolean },
): Promise<PairSet> {
  const file = await open(path).catch((cause: Error) => {
    throw new Error(`cannot read the data: ${cause.message}`, { cause });
  });
  const pairs: Pair[] = [];
  let line = 0;
  let skipped = 0;
  let isSnliVe = true;
  for await (const row of file.readLines()) {
    line += 1;
    if (row.trim() === '') continue;
    const where = `${basename(path)}:${line}`;
    const { format, pair } = readRow(where, row, options);
    if (format !== 'snli-ve') isSnliVe = false;
    if (pair === null) skipped += 1;
    else pairs.push({ ...pair, where });
  }
  if (pairs.length === 0) throw new Error(`cannot evaluate ${path}: it has no labelled pairs`);
  return { pairs, skipped, isSnliVe };
}

function readRow(where: string, row: string, options: { readonly premise: boolean }) {
  try {
    return parseRow(row, options);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${where}: cannot read the row: ${reason}`, { cause });
  }
}
