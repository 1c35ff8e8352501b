import { type MergeTable, NO_MERGE } from './merge-table.ts';
import { MinHeap } from './min-heap.ts';

/** Stands where a token was that its left neighbour has swallowed: no text becomes `<s>`. */
const GONE = 0;
/** More than a word has bytes; a key (rank, position) stays far below 2^53. */
const POSITIONS = 2 ** 32;

/**
 * Joins the bytes of a word into tokens: the neighbours of lowest rank first, of these the leftmost,
 * until no two merge. A heap of candidates keeps it at n log n: a word may be 8,000 bytes long.
 *
 * @param bytes UTF-8.
 * @returns Token ids.
 * @see Sennrich et al., Neural Machine Translation of Rare Words with Subword Units, arXiv 1508.07909
 */
export function mergeWord(bytes: Uint8Array, table: MergeTable): Uint16Array {
  const ids = Uint16Array.from(bytes, (byte) => table.byteIds[byte] ?? GONE);
  const next = Int32Array.from(ids, (_, at) => at + 1);
  const previous = Int32Array.from(ids, (_, at) => at - 1);
  const candidates = new MinHeap();

  function rankAt(at: number): number {
    const right = next[at] ?? ids.length;
    return right < ids.length ? table.rankOf(ids[at] ?? GONE, ids[right] ?? GONE) : NO_MERGE;
  }

  function consider(at: number): void {
    const rank = rankAt(at);
    if (rank !== NO_MERGE) candidates.push(rank * POSITIONS + at);
  }

  for (const at of ids.keys()) consider(at);
  for (let key = candidates.pop(); key !== undefined; key = candidates.pop()) {
    const at = key % POSITIONS;
    const rank = Math.floor(key / POSITIONS);
    // Something else may have merged here since.
    if (rankAt(at) !== rank) continue;
    const right = next[at] ?? 0;
    const after = next[right] ?? 0;
    ids[at] = table.merged[rank] ?? GONE;
    ids[right] = GONE;
    next[at] = after;
    if (after < ids.length) previous[after] = at;
    consider(previous[at] ?? -1);
    consider(at);
  }
  return ids.filter((id) => id !== GONE);
}
