import { setTimeout as sleep } from 'node:timers/promises';
import { DownloadError } from './download-error.ts';
import type { TransferSettings } from './transfer-settings.ts';
import { TransientError } from './transient-error.ts';

/** Failures in a row, without a byte gained; with the waits between them about half a minute. */
export const MAX_FAILURES = 7;
/** A service that is down for seconds is back by then; one that is down for hours is for the person to decide. */
const MAX_WAIT_MS = 15_000;
/** The longest Retry-After that is waited for. */
const MAX_RETRY_AFTER_MS = 120_000;

/** Counts the failures of one thing, waits after each, and gives up in the end. */
export class Patience {
  readonly #what: string;
  readonly #settings: TransferSettings;
  #failures = 0;

  /** @param what What is tried, for the message. */
  constructor(what: string, settings: TransferSettings) {
    this.#what = what;
    this.#settings = settings;
  }

  /** Forgets the failures so far: something was gained since. */
  progressed(): void {
    this.#failures = 0;
  }

  /**
   * Waits before the next attempt: half of it fixed, half at random, so that many who failed at once do not come back
   * at once; longer where the service asks for it.
   *
   * @throws {DownloadError} Too many failures in a row, or too long a wait asked for.
   * @throws Any other failure than a {@linkcode TransientError}, at once.
   */
  async afterFailure(error: unknown): Promise<void> {
    if (!(error instanceof TransientError)) throw error;
    const { signal, firstWaitMs, onTrouble } = this.#settings;
    this.#failures += 1;
    if (this.#failures === MAX_FAILURES) {
      throw this.#givingUp(error, `${error.message}, ${MAX_FAILURES} times in a row`);
    }
    const asked = error.retryAfterMs ?? 0;
    if (asked > MAX_RETRY_AFTER_MS) {
      const seconds = Math.ceil(asked / 1000);
      throw this.#givingUp(error, `${error.message}, and asks to wait for ${seconds} s`);
    }
    const backoff = Math.min(MAX_WAIT_MS, firstWaitMs * 2 ** (this.#failures - 1));
    const waitMs = Math.max(asked, backoff * (0.5 + Math.random() / 2));
    onTrouble(`${this.#what}: ${error.message}; again in ${(waitMs / 1000).toFixed(1)} s`);
    await sleep(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }

  #givingUp(cause: TransientError, why: string): DownloadError {
    return new DownloadError(
      `cannot download ${this.#what}: ${why}. What has arrived is kept: run the same command again to go on`,
      { cause },
    );
  }
}
