/**
 * The tensor that one which is missing may be, under another name: of the same shape, and the only one that shares most
 * parts of the name with it, more than half of them.
 *
 * @param others Shapes by name.
 */
export function similarKey(
  key: string,
  shape: readonly number[],
  others: ReadonlyMap<string, readonly number[]>,
): string | null {
  const scored = [...others]
    .filter(([, sides]) => sides.join() === shape.join())
    .map(([other]) => ({ other, shared: sharedParts(key.split('.'), other.split('.')) }))
    .sort((a, b) => b.shared - a.shared);
  const [best, second] = scored;
  if (best === undefined || best.shared * 2 <= key.split('.').length) return null;
  return best.shared === second?.shared ? null : best.other;
}

/** How many parts are the same from the front, and from the back. */
function sharedParts(a: readonly string[], b: readonly string[]): number {
  const front = a.findIndex((part, i) => part !== b[i]);
  const rest = front === -1 ? a.length : front;
  const back = a.toReversed().findIndex((part, i) => part !== b.at(-1 - i));
  return rest + Math.min(back === -1 ? a.length : back, a.length - rest);
}
