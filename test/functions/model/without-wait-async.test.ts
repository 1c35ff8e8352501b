import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutWaitAsync } from '../../../functions/model/without-wait-async.ts';

const { waitAsync } = Atomics;

test('withoutWaitAsync() hides it until the work is done, turns later', async () => {
  const seen: unknown[] = [];
  const work = async () => {
    seen.push(Atomics.waitAsync);
    await new Promise((resolve) => setTimeout(resolve));
    seen.push(Atomics.waitAsync);
    return 'done';
  };
  assert.equal(await withoutWaitAsync(work), 'done');
  assert.deepEqual(seen, [undefined, undefined]);
  assert.equal(Atomics.waitAsync, waitAsync);
});

test('withoutWaitAsync() puts it back when the work fails', async () => {
  await assert.rejects(
    withoutWaitAsync(() => Promise.reject(new Error('broken'))),
    /broken/,
  );
  assert.equal(Atomics.waitAsync, waitAsync);
});

test('withoutWaitAsync() hides it until the last of several is done', async () => {
  let end = () => {};
  const long = withoutWaitAsync(() => new Promise<void>((resolve) => (end = resolve)));
  await withoutWaitAsync(async () => {});
  assert.equal(Atomics.waitAsync, undefined);
  end();
  await long;
  assert.equal(Atomics.waitAsync, waitAsync);
});
