import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DownloadError } from '../../../scripts/hub/download-error.ts';
import { MAX_FAILURES, Patience } from '../../../scripts/hub/patience.ts';
import { TransientError } from '../../../scripts/hub/transient-error.ts';
import { testService } from './test-service.ts';

/** Fails again and again, and gives the waits announced, in seconds. */
async function waitsOf(error: TransientError, failures: number): Promise<number[]> {
  const waits: number[] = [];
  const onTrouble = (message: string) => {
    waits.push(Number(/again in ([\d.]+) s$/.exec(message)?.[1]));
  };
  const patience = new Patience('x', testService({ onTrouble, firstWaitMs: 4 }));
  for (let i = 0; i < failures; i++) await patience.afterFailure(error);
  return waits;
}

describe('Patience', () => {
  it('gives up after so many failures in a row, in words', async () => {
    const patience = new Patience('vocab.json', testService());
    const error = new TransientError('connection lost (ECONNRESET)');
    for (let i = 1; i < MAX_FAILURES; i++) await patience.afterFailure(error);
    await assert.rejects(patience.afterFailure(error), {
      name: 'DownloadError',
      message: `cannot download vocab.json: connection lost (ECONNRESET), ${MAX_FAILURES} times in a row. What has arrived is kept: run the same command again to go on`,
    });
  });

  it('counts anew once something was gained', async () => {
    const patience = new Patience('x', testService());
    for (let i = 0; i < 3 * MAX_FAILURES; i++) {
      await patience.afterFailure(new TransientError('lost'));
      if (i % 3 === 0) patience.progressed();
    }
  });

  it('passes other failures on at once', async () => {
    const patience = new Patience('x', testService());
    for (const error of [new DownloadError('no'), new TypeError('bug')]) {
      await assert.rejects(patience.afterFailure(error), (thrown) => thrown === error);
    }
  });

  it('waits at least as long as the service asks, but not for ever', async () => {
    const start = performance.now();
    await waitsOf(new TransientError('busy', { retryAfterMs: 60 }), 1);
    // Timers may fire a millisecond early.
    assert.ok(performance.now() - start >= 59);
    await assert.rejects(
      waitsOf(new TransientError('the service answers 429', { retryAfterMs: 3_600_000 }), 1),
      /429, and asks to wait for 3600 s/,
    );
  });

  it('waits longer each time, never twice the same', async () => {
    const start = performance.now();
    await waitsOf(new TransientError('lost'), MAX_FAILURES - 1);
    const elapsed = performance.now() - start;
    // Of 4 ms doubled five times, at least half is waited.
    assert.ok(elapsed >= (4 * (2 ** (MAX_FAILURES - 1) - 1)) / 2 - MAX_FAILURES);
  });

  it('ends its wait when it is interrupted', async () => {
    const controller = new AbortController();
    const why = new Error('Ctrl-C');
    const patience = new Patience(
      'x',
      testService({ signal: controller.signal, firstWaitMs: 60_000 }),
    );
    const waiting = patience.afterFailure(new TransientError('lost'));
    controller.abort(why);
    await assert.rejects(waiting, (thrown) => thrown === why);
  });
});
