import { NO_MERGE } from './merge-table.ts';

/**
 * Makes merges searchable by their two tokens: an open-addressing hash table of ranks.
 *
 * @param left `[merges]` ids, by rank; at most 65,535 of them.
 * @param right `[merges]` ids, by rank.
 * @returns The rank of a pair or `NO_MERGE`; `undefined` when a pair is listed twice.
 */
export function indexMerges(
  left: Uint16Array,
  right: Uint16Array,
): ((left: number, right: number) => number) | undefined {
  // A power of two, at most half full: a search ends after one or two steps.
  const bits = Math.max(1, Math.ceil(Math.log2(2 * left.length + 1)));
  const slots = new Uint16Array(2 ** bits).fill(NO_MERGE);

  function find(a: number, b: number): number {
    // Fibonacci hashing: the upper bits of a product with 2^32 / golden ratio.
    let slot = Math.imul((a << 16) | b, 0x9e3779b1) >>> (32 - bits);
    for (;;) {
      const rank = slots[slot] ?? NO_MERGE;
      if (rank === NO_MERGE || (left[rank] === a && right[rank] === b)) return slot;
      slot = (slot + 1) & (slots.length - 1);
    }
  }

  for (const [rank, a] of left.entries()) {
    const slot = find(a, right[rank] ?? 0);
    if (slots[slot] !== NO_MERGE) return undefined;
    slots[slot] = rank;
  }
  return (a, b) => slots[find(a, b)] ?? NO_MERGE;
}
