import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { forEachBounded } from '../../../functions/lib/for-each-bounded.ts';

test('forEachBounded() does every item once, at most `limit` at a time', async () => {
  const done: number[] = [];
  let underWay = 0;
  let most = 0;
  await forEachBounded(Array(20).keys(), 6, async (item) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await setTimeout(item % 3);
    underWay -= 1;
    done.push(item);
  });
  assert.equal(most, 6);
  assert.deepEqual(
    done.sort((a, b) => a - b),
    [...Array(20).keys()],
  );
});

test('forEachBounded() starts nothing after a failure and waits for what is under way', async () => {
  const started: number[] = [];
  let settled = 0;
  await assert.rejects(
    forEachBounded([0, 1, 2, 3, 4, 5], 2, async (item) => {
      started.push(item);
      if (item === 0) throw new RangeError('first');
      await setTimeout(5);
      settled += 1;
    }),
    { name: 'RangeError', message: 'first' },
  );
  assert.deepEqual(started, [0, 1]);
  assert.equal(settled, 1);
});

test('forEachBounded() of nothing is done', async () => {
  await forEachBounded([], 6, async () => assert.fail('nothing to do'));
});
