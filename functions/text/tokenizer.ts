import { mergeWord } from './merge-word.ts';
import { readMergeTable } from './read-merge-table.ts';
import { splitWords } from './split-words.ts';

/** Byte-level byte-pair encoding. */
export interface Tokenizer {
  /** Token ids of a text, without `<s>` and `</s>`; the text's bytes are theirs, joined. */
  encode(text: string): number[];
  /** Rows of the vocabulary: largest id + 1. */
  readonly size: number;
}

/**
 * Makes a tokenizer of a model's tokenizer file.
 *
 * @param table See "Tokenizer table" in `model-shards/README.md`; copied.
 * @throws {EntailError} `model_integrity` on a malformed table.
 */
export function createTokenizer(table: Uint8Array): Tokenizer {
  const merges = readMergeTable(table);
  const utf8 = new TextEncoder();
  return {
    size: merges.size,
    encode: (text) =>
      splitWords(text).flatMap((word) => Array.from(mergeWord(utf8.encode(word), merges))),
  };
}
