const HEADER_BYTES = 16;

/** What goes into a tokenizer table; ids in 4-65,535. */
export interface MergeLists {
  /** Largest id + 1. */
  readonly size: number;
  /** `[256]`: the token of each byte. */
  readonly byteIds: readonly number[];
  /** `[merges]`: left, right and merged token, first rank first. */
  readonly merges: readonly (readonly [left: number, right: number, merged: number])[];
}

/** Writes the tokenizer file of a model: see "Tokenizer table" in `model-shards/README.md`. */
export function writeMergeTable(lists: MergeLists): Uint8Array {
  const columns = [0, 1, 2].flatMap((column) => lists.merges.map((merge) => merge[column] ?? 0));
  const ids = [...lists.byteIds, ...columns];
  const table = new Uint8Array(HEADER_BYTES + 2 * ids.length);
  const view = new DataView(table.buffer);
  table.set(new TextEncoder().encode('EBPE'));
  view.setUint32(4, 1, true);
  view.setUint32(8, lists.size, true);
  view.setUint32(12, lists.merges.length, true);
  for (const [i, id] of ids.entries()) view.setUint16(HEADER_BYTES + 2 * i, id, true);
  return table;
}
