import assert from 'node:assert/strict';
import test from 'node:test';
import { createBlobReader } from '../../../functions/model/blob-reader.ts';
import type { ShardStore } from '../../../functions/model/shard-store.ts';
import { inChunks } from './fake-model.ts';

const BYTES = new Uint8Array([1, 2, 3, 4, 5]);

/** Sleeps no time and notes how long it was asked for. */
function noClock(): { now(): number; sleep(ms: number): Promise<void>; slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => 0,
    async sleep(ms) {
      slept.push(ms);
    },
  };
}

/** Fails as often as told, then works. */
function failingStore(faults: unknown[]): ShardStore {
  const left = [...faults];
  return {
    async get() {
      if (left.length > 0) throw left.shift();
      return { size: BYTES.length, body: inChunks(BYTES, 2) };
    },
  };
}

function place(size: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(size);
}

test('createBlobReader() reads a blob to its end', async () => {
  const clock = noClock();
  assert.deepEqual(await createBlobReader(failingStore([]), clock)('k', place), BYTES);
  assert.deepEqual(clock.slept, []);
});

test('createBlobReader() heals two passing faults, with a pause that grows', async () => {
  for (const message of [
    'get: We encountered an internal error. Please try again. (10001)',
    'get: Service unavailable (10043)',
    'get: Reduce your concurrent request rate (10058)',
    'Network connection lost.',
  ]) {
    const clock = noClock();
    const store = failingStore([new Error(message), new Error(message)]);
    assert.deepEqual(await createBlobReader(store, clock)('k', place), BYTES);
    const [first = 0, second = 0] = clock.slept;
    assert.ok(first >= 50 && first < 150, `first pause ${first}`);
    assert.ok(second >= 100 && second < 300, `second pause ${second}`);
  }
});

test('createBlobReader() gives up after the third passing fault', async () => {
  const fault = new Error('Network connection lost.');
  const clock = noClock();
  await assert.rejects(
    createBlobReader(failingStore([fault, fault, fault]), clock)('k.bin', place),
    {
      code: 'storage_unavailable',
      message: 'cannot read k.bin from storage: failed at attempt 3 of 3',
      cause: fault,
    },
  );
  assert.equal(clock.slept.length, 2);
});

test('createBlobReader() does not repeat what another try cannot mend', async () => {
  const fault = new Error('get: Unauthorized (10002)');
  const clock = noClock();
  await assert.rejects(createBlobReader(failingStore([fault]), clock)('k.bin', place), {
    code: 'storage_unavailable',
    message: /attempt 1 of 3/,
  });
  assert.deepEqual(clock.slept, []);
});

test('createBlobReader() names the key that is missing', async () => {
  const store: ShardStore = { get: async () => null };
  await assert.rejects(createBlobReader(store, noClock())('k.bin', place), {
    code: 'model_missing',
    message: /no k\.bin in storage/,
  });
});

test('createBlobReader() begins anew when the stream breaks off half-way', async () => {
  let gets = 0;
  const store: ShardStore = {
    async get() {
      gets += 1;
      if (gets > 1) return { size: BYTES.length, body: inChunks(BYTES, 2) };
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new Uint8Array([9, 9]));
        },
        pull(controller) {
          controller.error(new Error('Network connection lost.'));
        },
      });
      return { size: BYTES.length, body };
    },
  };
  assert.deepEqual(await createBlobReader(store, noClock())('k', place), BYTES);
  assert.equal(gets, 2);
});
