import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { createInbox } from '../../../public/engine/inbox.ts';
import type { Reply } from '../../../public/engine/messages.ts';

const NEVER = new Promise<never>(() => {});

function channel(t: TestContext) {
  const { port1, port2 } = new MessageChannel();
  t.after(() => port1.close());
  return { inbox: createInbox(port1), send: (reply: Reply) => port2.postMessage(reply) };
}

const progress = (done: number) => ({ kind: 'progress', progress: { done, total: 3 } }) as const;

test('createInbox() gives replies in their order, waiting or not', async (t) => {
  const { inbox, send } = channel(t);
  const first = inbox.next(NEVER);
  for (const done of [1, 2, 3]) send(progress(done));
  assert.deepEqual(await first, progress(1));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(await inbox.next(NEVER), progress(2));
  assert.deepEqual(await inbox.next(NEVER), progress(3));
});

test('createInbox() throws what a reply says has failed', async (t) => {
  const { inbox, send } = channel(t);
  send({ kind: 'failed', code: 'image_corrupt', message: 'cannot decode' });
  await assert.rejects(inbox.next(NEVER), { code: 'image_corrupt', message: 'cannot decode' });
});

test('createInbox() waits no longer than told', async (t) => {
  const { inbox } = channel(t);
  const { promise, reject } = Promise.withResolvers<never>();
  const next = inbox.next(promise);
  reject(new RangeError('enough'));
  await assert.rejects(next, RangeError);
});
