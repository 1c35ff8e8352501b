import { setTimeout as sleep } from 'node:timers/promises';

/** Sent with each picture: what is asked does not matter. */
const HYPOTHESIS = 'there are two birds.';
/** Longer than any answer may take. */
const PATIENCE_MS = 90_000;
/** Of one that is busy, not broken. */
const MAX_TRIES = 5;
const BUSY = /"code":"(rate_limited|overloaded|model_loading)"/;

/** What came back over HTTP. */
export interface FuzzAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly ms: number;
}

/**
 * Asks an endpoint about a picture; one that is busy is asked again, as late as it wants.
 *
 * @param url Its origin.
 * @returns null: the connection broke, or nothing came for 90 s.
 */
export async function sendPicture(
  url: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<FuzzAnswer | null> {
  for (let tries = 1; ; tries++) {
    const answer = await sendOnce(url, bytes);
    if (answer === null || tries === MAX_TRIES || !BUSY.test(answer.text)) return answer;
    await sleep(Number(answer.headers.get('Retry-After') ?? 1) * 1000);
  }
}

async function sendOnce(url: string, body: Uint8Array<ArrayBuffer>): Promise<FuzzAnswer | null> {
  const query = new URLSearchParams({ hypothesis: HYPOTHESIS });
  const begin = performance.now();
  try {
    const response = await fetch(new URL(`/v1/entail?${query}`, url), {
      method: 'POST',
      // One that is kept alive may be closed just as it is used again, and look like a crash.
      headers: { 'Content-Type': 'application/octet-stream', Connection: 'close' },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { status, headers } = response;
    return { status, headers, text: await response.text(), ms: performance.now() - begin };
  } catch {
    return null;
  }
}
