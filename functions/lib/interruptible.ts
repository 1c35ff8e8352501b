/** Waits for pieces of work one after another, and can be told to wait no longer. */
export interface Interruptible {
  /** Settles as the work does, or fails as soon as, and whenever after, {@linkcode interrupt} was called. */
  wait<T>(work: Promise<T>): Promise<T>;
  /** Ends the wait that is under way, and all to come, with an error. */
  interrupt(error: Error): void;
}

/**
 * Makes one. `Promise.race` against one promise for all pieces would do the same, and hold the result of each piece
 * until that promise settles: a stream's every chunk, long after it was copied.
 */
export function createInterruptible(): Interruptible {
  let interruption: Error | null = null;
  let fail: (error: Error) => void = () => {};
  return {
    wait(work) {
      return new Promise((resolve, reject) => {
        fail = reject;
        work.then(resolve, reject);
        if (interruption !== null) reject(interruption);
      });
    },
    interrupt(error) {
      interruption = error;
      fail(error);
    },
  };
}
