import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, it } from 'node:test';
import { sleep } from '../../client/sleep.ts';

describe('sleep()', () => {
  it('waits, and leaves nothing at the signal', async () => {
    const { signal } = new AbortController();
    const start = performance.now();
    await sleep(30, signal);
    assert.ok(performance.now() - start >= 29);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  it('ends early with the reason of its signal, before or meanwhile', async () => {
    const reason = new Error('enough');
    await assert.rejects(sleep(1e6, AbortSignal.abort(reason)), reason);
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 10);
    await assert.rejects(sleep(1e6, controller.signal), reason);
  });
});
