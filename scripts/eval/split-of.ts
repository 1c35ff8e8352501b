import { basename } from 'node:path';

/** A split of SNLI-VE, by the name that papers give it. */
export type Split = 'train' | 'validation' | 'test';

const NAMES: Readonly<Record<string, Split>> = {
  train: 'train',
  dev: 'validation',
  val: 'validation',
  validation: 'validation',
  test: 'test',
};

/**
 * Tells the split by the file's name, as `snli_ve_dev.jsonl` says it.
 *
 * @returns Null when the name says none, or more than one.
 */
export function splitOf(path: string): Split | null {
  const words = basename(path)
    .toLowerCase()
    .split(/[^a-z]+/);
  const splits = new Set(words.flatMap((word) => NAMES[word] ?? []));
  const [split, ...others] = splits;
  return others.length === 0 ? (split ?? null) : null;
}
