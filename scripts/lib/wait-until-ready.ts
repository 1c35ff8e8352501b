import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 200;

/**
 * Waits until an endpoint's `/readyz` answers 200: weights checked, self-test reproduced.
 *
 * @param url The endpoint, without a slash at the end.
 * @param timeoutMs How long the model may take to load.
 * @throws {Error} It answers with an error other than `model_loading`, or not in time.
 */
export async function waitUntilReady(url: string, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const response = await fetch(`${url}/readyz`);
    const body = await response.text();
    if (response.ok) return;
    const { code, detail } = readProblem(body);
    const late = performance.now() > deadline;
    if (code !== 'model_loading' || late) {
      const reason = late ? ` within ${timeoutMs / 1000} s` : '';
      throw new Error(`the endpoint did not become ready${reason}: ${detail} (${code})`);
    }
    await sleep(PAUSE_MS);
  }
}

function readProblem(body: string): { code: string; detail: string } {
  try {
    const problem: unknown = JSON.parse(body);
    const { code, detail } = Object(problem);
    return { code: String(code), detail: String(detail) };
  } catch {
    return { code: 'no problem+json', detail: body.slice(0, 500) };
  }
}
