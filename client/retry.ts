import { EndpointError } from './endpoint-error.ts';
import { sleep } from './sleep.ts';

/** Endpoints ask for more only where a person must mend something first. */
export const MAX_WAIT_MS = 20_000;
/** First wait where the endpoint names none; doubled each time. */
export const FIRST_WAIT_MS = 500;

/** How long {@linkcode retry} goes on. */
export interface RetryOptions {
  /** At least 1. */
  readonly attempts: number;
  readonly signal: AbortSignal | undefined;
  /** Waits for some milliseconds; tests put their own here. */
  readonly wait?: typeof sleep;
}

/**
 * Tries again what may succeed later. Waits for as long as Retry-After asks, or twice as long each time, and up to half of
 * its own wait more, so that callers that were turned away together do not come back together.
 *
 * @param work One attempt.
 * @throws The last attempt's error; one that is not retryable, or asks for more than {@linkcode MAX_WAIT_MS}, at once; the
 *   signal's reason.
 */
export async function retry<T>(
  work: () => Promise<T>,
  { attempts, signal, wait = sleep }: RetryOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof EndpointError) || !error.retryable || attempt >= attempts) throw error;
      const own = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), MAX_WAIT_MS);
      const asked = error.retryAfterSeconds === null ? own : error.retryAfterSeconds * 1000;
      if (asked > MAX_WAIT_MS) throw error;
      await wait(asked + (Math.random() * own) / 2, signal);
    }
  }
}
