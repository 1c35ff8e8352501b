import assert from 'node:assert/strict';
import test from 'node:test';
import type { Clock } from '../../../functions/lib/clock.ts';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { createBlobReader, MAX_READ_ATTEMPTS } from '../../../functions/model/blob-reader.ts';
import { LOAD_LEASE_MS } from '../../../functions/model/load-state.ts';
import { MAX_SILENCE_MS } from '../../../functions/model/patience.ts';
import type { ShardStore } from '../../../functions/model/shard-store.ts';
import { createFakeClock } from '../lib/fake-clock.ts';
import { inChunks } from './fake-model.ts';

const BYTES = new Uint8Array([1, 2, 3, 4, 5]);

/** Pauses take no time and are noted; nobody's patience ends. */
function noClock(): { now(): number; sleep(ms: number): Promise<void>; slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => 0,
    async sleep(ms) {
      if (ms >= 1000) return new Promise(() => {});
      slept.push(ms);
    },
  };
}

function reader(store: ShardStore, clock: Clock, onProgress = () => {}) {
  return createBlobReader(store, clock, onProgress);
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
  assert.deepEqual(await reader(failingStore([]), clock)('k', place), BYTES);
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
    assert.deepEqual(await reader(store, clock)('k', place), BYTES);
    const [first = 0, second = 0] = clock.slept;
    assert.ok(first >= 50 && first < 150, `first pause ${first}`);
    assert.ok(second >= 100 && second < 300, `second pause ${second}`);
  }
});

test('createBlobReader() gives up after the third passing fault', async () => {
  const fault = new Error('Network connection lost.');
  const clock = noClock();
  await assert.rejects(reader(failingStore([fault, fault, fault]), clock)('k.bin', place), {
    code: 'storage_unavailable',
    message: 'cannot read k.bin from storage: failed at attempt 3 of 3',
    cause: fault,
  });
  assert.equal(clock.slept.length, 2);
});

test('createBlobReader() does not repeat what another try cannot mend', async () => {
  const fault = new Error('get: Unauthorized (10002)');
  const clock = noClock();
  await assert.rejects(reader(failingStore([fault]), clock)('k.bin', place), {
    code: 'storage_unavailable',
    message: /attempt 1 of 3/,
  });
  assert.deepEqual(clock.slept, []);
});

test('createBlobReader() names the key that is missing', async () => {
  const store: ShardStore = { get: async () => null };
  await assert.rejects(reader(store, noClock())('k.bin', place), {
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
  assert.deepEqual(await reader(store, noClock())('k', place), BYTES);
  assert.equal(gets, 2);
});

/** Hands out a body that says something, then nothing more; what it sends later is wrong. */
function stallingBlob() {
  const later = Promise.withResolvers<void>();
  let cancelled = 0;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array([9, 9]));
    },
    async pull(controller) {
      await later.promise;
      controller.enqueue(new Uint8Array([8, 8]));
    },
    cancel() {
      cancelled += 1;
    },
  });
  return {
    blob: { size: BYTES.length, body },
    goOn: later.resolve,
    cancelled: () => cancelled,
  };
}

test('createBlobReader() gives up a body that falls silent, and nothing of it is written later', async () => {
  const clock = createFakeClock();
  const stalling = stallingBlob();
  let gets = 0;
  const store: ShardStore = {
    async get() {
      gets += 1;
      return gets === 1 ? stalling.blob : { size: BYTES.length, body: inChunks(BYTES, 2) };
    },
  };
  const buffer = new Uint8Array(BYTES.length);
  const reading = reader(store, clock)('k', () => buffer);
  await clock.advance(MAX_SILENCE_MS - 1);
  assert.equal(gets, 1);
  await clock.advance(1_000);
  assert.deepEqual(await reading, BYTES);
  assert.equal(gets, 2);
  assert.equal(stalling.cancelled(), 1);
  stalling.goOn();
  await clock.advance(1_000);
  assert.deepEqual(buffer, BYTES);
});

test('createBlobReader() gives up a storage that never answers, within the lease of a load', async () => {
  const clock = createFakeClock();
  let gets = 0;
  const reading = reader(
    {
      get: () => {
        gets += 1;
        return new Promise(() => {});
      },
    },
    clock,
  )('k.bin', place);
  const refused = assert.rejects(reading, {
    code: 'storage_unavailable',
    message: /attempt 3 of 3/,
  });
  const begin = clock.now();
  for (let step = 0; step < 40 && gets <= MAX_READ_ATTEMPTS; step += 1) {
    await clock.advance(500);
    if (clock.now() - begin >= LOAD_LEASE_MS) break;
  }
  await refused;
  assert.equal(gets, MAX_READ_ATTEMPTS);
});

test('createBlobReader() lets go of an answer that comes after it gave up', async () => {
  const clock = createFakeClock();
  const stalling = stallingBlob();
  const late = Promise.withResolvers<typeof stalling.blob>();
  let gets = 0;
  const store: ShardStore = {
    async get() {
      gets += 1;
      return gets === 1 ? late.promise : { size: BYTES.length, body: inChunks(BYTES, 2) };
    },
  };
  const reading = reader(store, clock)('k', place);
  await clock.advance(MAX_SILENCE_MS + 1_000);
  assert.deepEqual(await reading, BYTES);
  late.resolve(stalling.blob);
  await clock.advance(0);
  assert.equal(stalling.cancelled(), 1);
});

test('createBlobReader() bears a slow body for as long as something arrives', async () => {
  const clock = createFakeClock();
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (sent === BYTES.length) return controller.close();
      await clock.sleep(MAX_SILENCE_MS - 1_500);
      controller.enqueue(BYTES.slice(sent, sent + 1));
      sent += 1;
    },
  });
  let told = 0;
  const store: ShardStore = { get: async () => ({ size: BYTES.length, body }) };
  const reading = reader(store, clock, () => {
    told += 1;
  })('k', place);
  await clock.advance(MAX_SILENCE_MS * BYTES.length);
  assert.deepEqual(await reading, BYTES);
  assert.ok(told >= BYTES.length, `${told} signs of life`);
});

test('createBlobReader() ends when it is told to', async () => {
  const store: ShardStore = {
    get: async () => ({ size: BYTES.length, body: inChunks(BYTES, 2) }),
  };
  let told = 0;
  const stop = () => {
    told += 1;
    if (told > 1) throw new EntailError('model_loading', 'taken over');
  };
  await assert.rejects(reader(store, noClock(), stop)('k', place), { message: 'taken over' });
  assert.equal(told, 2);
});
