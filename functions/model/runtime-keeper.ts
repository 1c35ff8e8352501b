import { EntailError } from '../lib/entail-error.ts';

/**
 * Works with a runtime that nobody else has.
 *
 * @param work Its result keeps the runtime; when it fails, the runtime must be as it was before.
 */
export type WithRuntime<Runtime> = <T>(work: (runtime: Runtime) => Promise<T>) => Promise<T>;

/**
 * Starts runtimes as they are needed: one at first, and another when a model holds it, it broke, or a load with it never
 * came back. A load that fails for other reasons gives its runtime to the next, since its memory cannot be given back.
 */
export function createRuntimeKeeper<Runtime>(start: () => Promise<Runtime>): WithRuntime<Runtime> {
  let idle: Runtime | null = null;
  let lent = 0;
  return async (work) => {
    const runtime = idle ?? (await start());
    idle = null;
    lent += 1;
    const mine = lent;
    try {
      return await work(runtime);
    } catch (error) {
      // One that comes back late is not needed any more.
      if (mine === lent && !isDead(error)) idle = runtime;
      throw error;
    }
  };
}

function isDead(error: unknown): boolean {
  return error instanceof EntailError && error.code === 'runtime_dead';
}
