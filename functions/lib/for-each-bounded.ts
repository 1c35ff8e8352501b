/**
 * Works through a list with at most so many items under way at a time.
 *
 * After the first failure no further item is started; the promise rejects with that failure once
 * those under way have settled, so that nothing goes on behind the caller's back.
 *
 * @param limit Items under way at a time, 1 or more.
 */
export async function forEachBounded<Item>(
  items: Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  const queue = items[Symbol.iterator]();
  async function drain(): Promise<void> {
    while (failures.length === 0) {
      const next = queue.next();
      if (next.done) return;
      try {
        await work(next.value);
      } catch (error) {
        failures.push(error);
      }
    }
  }
  await Promise.all(Array.from({ length: limit }, drain));
  if (failures.length > 0) throw failures[0];
}
