import assert from 'node:assert/strict';
import test from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { MAX_UPLOAD_MS } from '../../../functions/http/limits.ts';
import { readBody } from '../../../functions/http/read-body.ts';
import { inChunks } from '../model/fake-model.ts';

const BYTES = Uint8Array.from({ length: 600_000 }, (_, i) => (i * 7) % 256);

test('readBody() gives the bytes as sent, however they are cut and announced', async () => {
  for (const chunk of [1000, 65_536, 600_000]) {
    for (const declared of [null, BYTES.length]) {
      const bytes = await readBody(inChunks(BYTES, chunk), declared);
      assert.equal(Buffer.compare(bytes, BYTES), 0);
    }
  }
});

test('readBody() of no body is empty', async () => {
  assert.equal((await readBody(null, null)).length, 0);
  assert.equal((await readBody(null, 0)).length, 0);
  await assert.rejects(readBody(null, 1), { code: 'length_mismatch' });
});

test('readBody() gives up on a body that hangs', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(10));
    },
    cancel() {
      cancelled = true;
    },
  });
  const refused = assert.rejects(readBody(body, 100), {
    code: 'upload_timeout',
    message: /15000 ms/,
  });
  await setImmediate();
  t.mock.timers.tick(MAX_UPLOAD_MS);
  await refused;
  assert.equal(cancelled, true);
});

test('readBody() calls a body that breaks off a bad request', async () => {
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.error(new Error('reset by peer'));
    },
  });
  await assert.rejects(readBody(body, null), { code: 'bad_request', message: /broke off/ });
});
