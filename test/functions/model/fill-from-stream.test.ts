import assert from 'node:assert/strict';
import test from 'node:test';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { type Filling, fillFromStream } from '../../../functions/model/fill-from-stream.ts';
import { inChunks } from './fake-model.ts';

/** Waits for ever, and listens to nothing. */
function filling(allocate: Filling['allocate']): Filling {
  return { allocate, patience: { wait: (work) => work, stop() {} }, onProgress() {} };
}

const BYTES = Uint8Array.from({ length: 100 }, (_, i) => i);

test('fillFromStream() writes into the place it is given and nowhere else', async () => {
  const buffer = new Uint8Array(120).fill(255);
  const blob = { size: 100, body: inChunks(BYTES, 7) };
  const place = await fillFromStream(
    'k',
    blob,
    filling(() => buffer.subarray(10, 110)),
  );
  assert.equal(place.buffer, buffer.buffer);
  assert.deepEqual(buffer.subarray(10, 110), BYTES);
  assert.deepEqual([buffer[9], buffer[110]], [255, 255]);
});

test('fillFromStream() refuses a stream shorter or longer than it said', async () => {
  for (const [size, message] of [
    [101, /100 bytes arrived, expected 101/],
    [99, /100 bytes arrived, expected 99/],
  ] as const) {
    const blob = { size, body: inChunks(BYTES, 50) };
    await assert.rejects(
      fillFromStream(
        'k',
        blob,
        filling((length) => new Uint8Array(length)),
      ),
      { code: 'model_integrity', message },
    );
  }
});

test('fillFromStream() cancels a stream whose size is refused', async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    cancel() {
      cancelled = true;
    },
  });
  const refuse = () => {
    throw new EntailError('model_integrity', 'no room');
  };
  await assert.rejects(fillFromStream('k', { size: 5, body }, filling(refuse)), {
    message: 'no room',
  });
  assert.equal(cancelled, true);
});
