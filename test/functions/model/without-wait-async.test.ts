import assert from 'node:assert/strict';
import test from 'node:test';
import { withoutWaitAsync } from '../../../functions/model/without-wait-async.ts';

const { waitAsync } = Atomics;

test('withoutWaitAsync() hides it for as long as the function begins', async () => {
  const seen: unknown[] = [];
  const begin = withoutWaitAsync(async (name: string) => {
    seen.push(Atomics.waitAsync);
    await null;
    seen.push(Atomics.waitAsync);
    return name;
  });
  assert.equal(await begin('runtime'), 'runtime');
  assert.deepEqual(seen, [undefined, waitAsync]);
});

test('withoutWaitAsync() puts it back when the function throws', () => {
  const begin = withoutWaitAsync((message: string) => {
    throw new Error(message);
  });
  assert.throws(() => begin('broken'), { message: 'broken' });
  assert.equal(Atomics.waitAsync, waitAsync);
});
