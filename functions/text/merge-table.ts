/** What `rankOf()` gives for two tokens that do not merge. */
export const NO_MERGE = 0xffff;

/** The merges of a byte-pair vocabulary, as typed arrays: about 0.6 MB for 50,000 of them. */
export interface MergeTable {
  /** Largest id + 1. */
  readonly size: number;
  /** `[256]`: the token of each byte. */
  readonly byteIds: Uint16Array;
  /** `[merges]`: what each merge makes, by rank. */
  readonly merged: Uint16Array;
  /** Rank of the merge of two neighbours, 0 first; `NO_MERGE` when there is none. */
  rankOf(left: number, right: number): number;
}
