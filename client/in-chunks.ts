/**
 * Cuts a list into lists.
 *
 * @param size Of each but the last, 1 or more.
 */
export function inChunks<T>(list: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < list.length; at += size) chunks.push(list.slice(at, at + size));
  return chunks;
}
