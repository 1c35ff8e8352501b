const { waitAsync } = Atomics;
/** How much work is under way that must not find it. */
let working = 0;

/**
 * Does some work that does not find `Atomics.waitAsync` before it is done.
 *
 * The runtime's glue looks for it once it has started, in Node some turns later, and then waits for ever on its memory
 * for mail from threads. V8 keeps what is waited on: in workerd the memory of a runtime that broke, 60 MiB, would never
 * come back.
 */
export async function withoutWaitAsync<Result>(work: () => Promise<Result>): Promise<Result> {
  working += 1;
  Reflect.set(Atomics, 'waitAsync', undefined);
  try {
    return await work();
  } finally {
    working -= 1;
    if (working === 0) Reflect.set(Atomics, 'waitAsync', waitAsync);
  }
}
