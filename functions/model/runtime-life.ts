import { EntailError } from '../lib/entail-error.ts';

/** Whether a runtime still lives, as seen by those who use it. */
export interface RuntimeLife {
  /**
   * Does what touches the runtime's heap.
   *
   * @throws {EntailError} whatever of ours `work` throws; `runtime_dead`: anything else, now or at an earlier attempt.
   */
  attempt<T>(work: () => Promise<T>): Promise<T>;
  /** Gives something back to the runtime, unless there is none any more. */
  giveBack(work: () => void): void;
}

/**
 * Watches over a runtime. A trap, one of C++'s bare numbers or an allocation that failed leave its heap in nobody knows
 * which state: from then on nothing is read from it and nothing given back to it, so that no answer comes out of it.
 */
export function createRuntimeLife(): RuntimeLife {
  let death: EntailError | null = null;

  function note(error: unknown): EntailError {
    const known =
      error instanceof EntailError
        ? error
        : new EntailError('runtime_dead', 'the runtime broke', { cause: error });
    if (known.code === 'runtime_dead') death ??= known;
    return known;
  }

  return {
    async attempt(work) {
      if (death !== null) throw death;
      try {
        return await work();
      } catch (error) {
        throw note(error);
      }
    },
    giveBack(work) {
      if (death !== null) return;
      try {
        work();
      } catch (error) {
        throw note(error);
      }
    },
  };
}
