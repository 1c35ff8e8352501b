/**
 * Makes a function that does not find `Atomics.waitAsync` while it begins.
 *
 * The runtime's glue looks for it there, and then waits for ever on its memory for mail from threads. V8 keeps what is
 * waited on: in workerd the memory of a runtime that broke, 60 MiB, would never come back.
 */
export function withoutWaitAsync<Options, Result>(
  begin: (options: Options) => Result,
): (options: Options) => Result {
  return (options) => {
    const { waitAsync } = Atomics;
    Reflect.set(Atomics, 'waitAsync', undefined);
    try {
      return begin(options);
    } finally {
      Reflect.set(Atomics, 'waitAsync', waitAsync);
    }
  };
}
