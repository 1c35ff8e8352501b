import { createTokenizer } from '../../../functions/text/tokenizer.ts';
import { ConvertError } from '../convert-error.ts';
import { byteAlphabet } from './byte-alphabet.ts';
import { parseMerges } from './parse-merges.ts';
import { parseVocabulary } from './parse-vocabulary.ts';
import { writeMergeTable } from './write-merge-table.ts';

/** A vocabulary, ready for the shards. */
export interface CompiledTokenizer {
  /** The model's `tokenizer` file. */
  readonly table: Uint8Array;
  /** Largest id + 1: rows of the embedding table that text can name. */
  readonly rows: number;
  /** Token ids of a text, made from `table` by the code the Worker runs. */
  encode(text: string): number[];
  /** The token of an id as vocab.json writes it. */
  tokenOf(id: number): string;
}

/**
 * Turns a byte-level BPE vocabulary into the table the Worker reads.
 *
 * @param vocabJson vocab.json: ids by token.
 * @param mergesText merges.txt: one merge a line, by rank.
 * @throws {ConvertError} On a malformed file, a byte without a token, or a merge of tokens that
 *   vocab.json does not have.
 */
export function compileTokenizer(vocabJson: string, mergesText: string): CompiledTokenizer {
  const vocabulary = parseVocabulary(vocabJson);
  const tokens = new Map(Array.from(vocabulary, ([token, id]) => [id, token]));

  function idOf(token: string): number {
    const id = vocabulary.get(token);
    if (id !== undefined) return id;
    throw new ConvertError(`Cannot use vocab.json: it lacks the token "${token}"`);
  }

  const rows = Math.max(...tokens.keys()) + 1;
  const table = writeMergeTable({
    size: rows,
    byteIds: byteAlphabet().map(idOf),
    merges: parseMerges(mergesText).map(([left, right]) => [
      idOf(left),
      idOf(right),
      idOf(left + right),
    ]),
  });
  const { encode } = createTokenizer(table);
  return { table, rows, encode, tokenOf: (id) => tokens.get(id) ?? `#${id}` };
}
