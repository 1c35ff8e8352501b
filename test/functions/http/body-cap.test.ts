import assert from 'node:assert/strict';
import test from 'node:test';
import { MAX_BODY_BYTES, MAX_IMAGE_BYTES } from '../../../functions/http/limits.ts';
import { fakeApp } from './fake-service.ts';

const PATH = '/v1/entail?hypothesis=x';
const MIB = new Uint8Array(1024 * 1024);

/** A body of so many bytes in pieces of 1 MiB, which counts what was taken of it. */
function counted(total: number): { body: ReadableStream<Uint8Array>; taken: () => number } {
  let taken = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = MIB.subarray(0, Math.min(MIB.length, total - taken));
        if (piece.length === 0) return controller.close();
        taken += piece.length;
        controller.enqueue(piece.slice());
      },
    },
    { highWaterMark: 0 },
  );
  return { body, taken: () => taken };
}

function init(body: ReadableStream<Uint8Array>, length?: string): RequestInit {
  const headers = new Headers({ 'Content-Type': 'image/png' });
  if (length !== undefined) headers.set('Content-Length', length);
  const streamed: RequestInit & { duplex: 'half' } = { headers, body, duplex: 'half' };
  return streamed;
}

test('POST /v1/entail refuses a Content-Length above the cap with the body unread', async () => {
  const { refusal } = await fakeApp();
  for (const length of [String(MAX_BODY_BYTES + 1), '99999999999999999999999']) {
    const { body, taken } = counted(100);
    assert.match(await refusal(PATH, init(body, length)), /^413 body_too_large: .*at most/);
    assert.equal(taken(), 0);
  }
});

test('POST /v1/entail refuses a Content-Length that is no number with the body unread', async () => {
  const { refusal } = await fakeApp();
  for (const length of ['NaN', 'abc', '-1', '1.5', '0x10', '1e3', '', '5, 5']) {
    const { body, taken } = counted(100);
    assert.match(await refusal(PATH, init(body, length)), /^400 bad_request: .*Content-Length/);
    assert.equal(taken(), 0);
  }
});

test('POST /v1/entail stops reading at the cap when no length was given', async () => {
  const { refusal } = await fakeApp();
  const { body, taken } = counted(1000 * MIB.length);
  assert.match(await refusal(PATH, init(body)), /^413 body_too_large/);
  assert.ok(taken() <= MAX_BODY_BYTES + MIB.length, `${taken()} bytes were taken`);
});

test('POST /v1/entail refuses a body longer or shorter than its Content-Length', async () => {
  const { refusal } = await fakeApp();
  const long = counted(1000 * MIB.length);
  assert.match(await refusal(PATH, init(long.body, '10')), /^400 length_mismatch: .*is 10$/);
  assert.ok(long.taken() <= MIB.length);
  const short = counted(9);
  assert.match(
    await refusal(PATH, init(short.body, '10')),
    /^400 length_mismatch: .*: 9 bytes arrived, Content-Length is 10$/,
  );
});

test('POST /v1/entail takes an image of exactly the cap, and no byte more', async () => {
  const { ask, refusal } = await fakeApp();
  const { body } = counted(MAX_IMAGE_BYTES);
  assert.equal((await ask(PATH, init(body))).image.length, MAX_IMAGE_BYTES);
  const more = counted(MAX_IMAGE_BYTES + 1);
  assert.match(
    await refusal(PATH, init(more.body)),
    /^413 body_too_large: cannot take the image: 10485761 bytes, at most 10485760$/,
  );
});

test('POST /v1/entail takes an image of exactly the cap in base64 too', async () => {
  const { ask } = await fakeApp();
  const image = Buffer.alloc(MAX_IMAGE_BYTES).toString('base64');
  const body = JSON.stringify({ image, hypothesis: 'x'.repeat(2000), premise: 'y'.repeat(2000) });
  const headers = { 'Content-Type': 'application/json', 'Content-Length': String(body.length) };
  assert.equal((await ask('/v1/entail', { headers, body })).image.length, MAX_IMAGE_BYTES);
});
