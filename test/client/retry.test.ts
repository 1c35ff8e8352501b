import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EndpointError } from '../../client/index.ts';
import { FIRST_WAIT_MS, MAX_WAIT_MS, retry } from '../../client/retry.ts';

function busy(retryAfterSeconds: number | null = null): EndpointError {
  return new EndpointError('busy', { code: 'overloaded', retryable: true, retryAfterSeconds });
}

/** Fails with these in turn, then answers; gives the waits between. */
async function attempt(failures: readonly Error[], attempts: number) {
  const waits: number[] = [];
  let tried = 0;
  const work = async () => {
    const failure = failures[tried];
    tried += 1;
    if (failure !== undefined) throw failure;
    return 'answer';
  };
  const wait = async (ms: number) => void waits.push(ms);
  const outcome = await retry(work, { attempts, signal: undefined, wait }).catch(
    (error: unknown) => error,
  );
  return { outcome, waits, tried };
}

function assertBetween(found: number | undefined, least: number, most: number): void {
  assert.ok(found !== undefined && found >= least && found <= most, `${found}`);
}

describe('retry()', () => {
  it('waits at least as long as Retry-After asks, and not much longer', async () => {
    const { outcome, waits } = await attempt([busy(7), busy(0)], 4);
    assert.equal(outcome, 'answer');
    assertBetween(waits[0], 7000, 7000 + FIRST_WAIT_MS / 2);
    assertBetween(waits[1], 0, FIRST_WAIT_MS);
  });

  it('doubles its own waits where none is asked for', async () => {
    const { waits } = await attempt([busy(), busy(), busy()], 4);
    for (const [i, wait] of waits.entries()) {
      const own = FIRST_WAIT_MS * 2 ** i;
      assertBetween(wait, own, own * 1.5);
    }
    assert.equal(waits.length, 3);
  });

  it('does not let callers come back together', async () => {
    const runs = await Promise.all(Array.from({ length: 20 }, () => attempt([busy(1)], 2)));
    assert.ok(new Set(runs.map(({ waits }) => waits[0])).size > 10);
  });

  it('gives up after the last attempt, with its error', async () => {
    const failures = Array.from({ length: 9 }, () => busy());
    const { outcome, tried } = await attempt(failures, 4);
    assert.equal(outcome, failures[3]);
    assert.equal(tried, 4);
    assert.equal((await attempt(failures, 1)).tried, 1);
  });

  it('does not wait for what a person must mend first', async () => {
    const long = busy(MAX_WAIT_MS / 1000 + 1);
    const { outcome, waits } = await attempt([long], 4);
    assert.equal(outcome, long);
    assert.deepEqual(waits, []);
  });

  it('lets every other error through at once', async () => {
    const refused = new EndpointError('no', { code: 'image_corrupt' });
    for (const failure of [refused, new TypeError('ours')]) {
      const { outcome, tried } = await attempt([failure], 4);
      assert.equal(outcome, failure);
      assert.equal(tried, 1);
    }
  });
});
