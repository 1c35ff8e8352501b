import { setTimeout as wait } from 'node:timers/promises';
import { EndpointProblem } from '../../lib/endpoint-problem.ts';

/** Seven waits; with what endpoints ask for (some seconds each) enough for a model to load. */
export const MAX_ATTEMPTS = 8;
/** The longest window of a rate limit; who asks for more is down. */
export const MAX_WAIT_MS = 60_000;
/** First wait where the endpoint names none; doubled each time. */
const FIRST_WAIT_MS = 500;
const BUSY_STATUS: readonly number[] = [429, 503];

/**
 * Asks again while an endpoint is busy (429, 503), after the time that its Retry-After asks for.
 *
 * @param ask One attempt.
 * @param sleep Waits for some milliseconds; tests put their own here.
 * @throws {Error} The last attempt's failure; any other failure at once.
 * @see RFC 9110, section 10.2.3 (Retry-After: seconds or a date)
 */
export async function retryWhileBusy<T>(
  ask: () => Promise<T>,
  sleep: (ms: number) => Promise<unknown> = wait,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const busy = error instanceof EndpointProblem && BUSY_STATUS.includes(error.status);
      if (!busy || attempt === MAX_ATTEMPTS) throw error;
      const asked = readRetryAfter(error.retryAfter) ?? FIRST_WAIT_MS * 2 ** (attempt - 1);
      if (asked > MAX_WAIT_MS) throw error;
      await sleep(asked);
    }
  }
}

function readRetryAfter(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}
