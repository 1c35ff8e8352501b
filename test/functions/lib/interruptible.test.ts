import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createInterruptible } from '../../../functions/lib/interruptible.ts';
import { collectGarbage } from '../../../scripts/lib/collect-garbage.ts';

const never = () => new Promise<never>(() => {});

describe('createInterruptible()', () => {
  it('settles as the work does', async () => {
    const { wait } = createInterruptible();
    assert.equal(await wait(Promise.resolve(1)), 1);
    await assert.rejects(wait(Promise.reject(new Error('broken'))), /broken/);
    assert.equal(await wait(Promise.resolve(2)), 2);
  });

  it('ends the wait that is under way, and those to come', async () => {
    const { wait, interrupt } = createInterruptible();
    const waiting = wait(never());
    interrupt(new Error('enough'));
    await assert.rejects(waiting, /enough/);
    await assert.rejects(wait(never()), /enough/);
    await assert.rejects(wait(Promise.resolve(1)), /enough/);
  });

  it('leaves alone what is there before it is interrupted', async () => {
    const { wait, interrupt } = createInterruptible();
    assert.equal(await wait(Promise.resolve(1)), 1);
    interrupt(new Error('enough'));
  });

  it('holds the last result at most', async () => {
    const { wait, interrupt } = createInterruptible();
    const results: WeakRef<Uint8Array>[] = [];
    for (let piece = 0; piece < 100; piece++) {
      results.push(new WeakRef(await wait(Promise.resolve(new Uint8Array(1000)))));
    }
    // A WeakRef's target lives to the end of the turn in which it was looked at.
    await turn();
    collectGarbage();
    const held = results.filter((result) => result.deref() !== undefined).length;
    assert.ok(held <= 1, `${held} are held`);
    interrupt(new Error('still in use'));
  });
});
