import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  MAX_ATTEMPTS,
  MAX_WAIT_MS,
  retryWhileBusy,
} from '../../../../scripts/eval/answer/retry-while-busy.ts';
import { EndpointProblem } from '../../../../scripts/lib/endpoint-problem.ts';

function problem(status: number, retryAfter?: string): EndpointProblem {
  const headers = new Headers(retryAfter === undefined ? {} : { 'Retry-After': retryAfter });
  return new EndpointProblem(new Response(null, { status, headers }), '');
}

/** Fails with these in turn, then answers; gives the waits between. */
async function attempt(failures: readonly Error[]) {
  const waits: number[] = [];
  let attempts = 0;
  const ask = async () => {
    const failure = failures[attempts];
    attempts += 1;
    if (failure !== undefined) throw failure;
    return 'answer';
  };
  const outcome = await retryWhileBusy(ask, async (ms) => waits.push(ms)).catch(
    (error: unknown) => error,
  );
  return { outcome, waits, attempts };
}

describe('retryWhileBusy()', () => {
  it('waits for as many seconds as 429 and 503 ask for', async () => {
    const { outcome, waits } = await attempt([problem(429, '7'), problem(503, '0')]);
    assert.equal(outcome, 'answer');
    assert.deepEqual(waits, [7000, 0]);
  });

  it('waits until the date that is asked for', async () => {
    const { waits } = await attempt([problem(503, new Date(Date.now() + 30_000).toUTCString())]);
    // The date has whole seconds, and some time has passed since it was written.
    assert.ok((waits[0] ?? 0) > 25_000 && (waits[0] ?? 0) <= 30_000, `${waits[0]}`);
    const past = await attempt([problem(503, 'Wed, 21 Oct 2015 07:28:00 GMT')]);
    assert.deepEqual(past.waits, [0]);
  });

  it('doubles its own waits where none is asked for, or nothing readable', async () => {
    const { waits } = await attempt([problem(503), problem(503, 'soon'), problem(503)]);
    assert.deepEqual(waits, [500, 1000, 2000]);
  });

  it('gives up after the last attempt, with its failure', async () => {
    const failures = Array.from({ length: MAX_ATTEMPTS + 3 }, () => problem(503, '1'));
    const { outcome, attempts } = await attempt(failures);
    assert.equal(outcome, failures[MAX_ATTEMPTS - 1]);
    assert.equal(attempts, MAX_ATTEMPTS);
  });

  it('does not wait longer than an endpoint in use would ask for', async () => {
    const long = problem(503, String(MAX_WAIT_MS / 1000 + 1));
    const { outcome, waits } = await attempt([long]);
    assert.equal(outcome, long);
    assert.deepEqual(waits, []);
  });

  it('lets every other failure through at once', async () => {
    for (const failure of [problem(400), problem(500, '1'), new Error('cannot reach')]) {
      const { outcome, attempts } = await attempt([failure]);
      assert.equal(outcome, failure);
      assert.equal(attempts, 1);
    }
  });
});
