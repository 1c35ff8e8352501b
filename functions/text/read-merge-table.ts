import { EntailError } from '../lib/entail-error.ts';
import { indexMerges } from './index-merges.ts';
import type { MergeTable } from './merge-table.ts';

const MAGIC = 0x45504245; // 'EBPE', little-endian
const VERSION = 1;
const HEADER_BYTES = 16;
const BYTE_TOKENS = 256;
/** `<s>`, `<pad>`, `</s>`, `<unk>`: no text may become one of them. */
const CONTROL_TOKENS = 4;
/** Ids are 16-bit. */
const MAX_ROWS = 65_536;
/** Ranks are 16-bit, and one value says "none". */
const MAX_MERGES = 65_535;

/**
 * Reads the tokenizer file of a model: see "Tokenizer table" in `model-shards/README.md`.
 *
 * The table is copied: the caller may drop its bytes.
 *
 * @throws {EntailError} `model_integrity` on a malformed table.
 */
export function readMergeTable(table: Uint8Array): MergeTable {
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  if (table.length < HEADER_BYTES) refuse(`${table.length} bytes, at least ${HEADER_BYTES}`);
  if (view.getUint32(0, true) !== MAGIC) refuse('it does not begin with EBPE');
  const [version, size, merges] = [4, 8, 12].map((at) => view.getUint32(at, true));
  if (version !== VERSION) refuse(`version ${version}, not ${VERSION}`);
  if (size === undefined || size > MAX_ROWS) refuse(`${size} rows, at most ${MAX_ROWS}`);
  if (merges === undefined || merges > MAX_MERGES)
    refuse(`${merges} merges, at most ${MAX_MERGES}`);
  const expected = HEADER_BYTES + 2 * BYTE_TOKENS + 6 * merges;
  if (table.length !== expected) refuse(`${table.length} bytes, not ${expected}`);

  function ids(at: number, count: number): Uint16Array {
    return Uint16Array.from({ length: count }, (_, i) => view.getUint16(at + 2 * i, true));
  }

  const byteIds = ids(HEADER_BYTES, BYTE_TOKENS);
  const start = HEADER_BYTES + 2 * BYTE_TOKENS;
  const left = ids(start, merges);
  const right = ids(start + 2 * merges, merges);
  const merged = ids(start + 4 * merges, merges);
  for (const list of [byteIds, left, right, merged]) {
    const wrong = list.find((id) => id < CONTROL_TOKENS || id >= size);
    if (wrong !== undefined) refuse(`token ${wrong}, not in ${CONTROL_TOKENS}-${size - 1}`);
  }
  if (new Set(byteIds).size !== BYTE_TOKENS) refuse('two bytes with one token');
  const rankOf = indexMerges(left, right) ?? refuse('a pair that merges twice');
  return { size, byteIds, merged, rankOf };
}

function refuse(why: string): never {
  throw new EntailError('model_integrity', `Cannot read the tokenizer table: ${why}`);
}
