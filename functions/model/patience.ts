import type { Clock } from '../lib/clock.ts';
import { EntailError } from '../lib/entail-error.ts';
import { createInterruptible } from '../lib/interruptible.ts';

/** R2 sends something within a fraction of a second; three attempts of this length fit into the lease of a load. */
export const MAX_SILENCE_MS = 5_000;
const STEP_MS = 1_000;

/** Waits for a source, and gives up when it falls silent. */
export interface Patience {
  /**
   * Waits for one piece of work; each begins the count anew.
   *
   * @throws {EntailError} `storage_unavailable`: nothing for {@linkcode MAX_SILENCE_MS}.
   */
  wait<T>(work: Promise<T>): Promise<T>;
  /** Must be called at the end. */
  stop(): void;
}

/** Makes the patience of one read; steps are counted, so that it does not lean on the clock's hands. */
export function createPatience(clock: Clock): Patience {
  const { wait, interrupt } = createInterruptible();
  let silentMs = 0;
  let watching = true;
  async function watch(): Promise<void> {
    while (watching && silentMs < MAX_SILENCE_MS) {
      await clock.sleep(STEP_MS);
      silentMs += STEP_MS;
    }
    interrupt(new EntailError('storage_unavailable', `nothing arrived for ${MAX_SILENCE_MS} ms`));
  }
  void watch();
  return {
    wait(work) {
      silentMs = 0;
      return wait(work);
    },
    stop() {
      watching = false;
    },
  };
}
