import assert from 'node:assert/strict';
import test from 'node:test';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { DEAD_MS, LOAD_LEASE_MS } from '../../../functions/model/load-state.ts';
import {
  createModelLoader,
  MAX_LOAD_WAIT_MS,
  MAX_LOAD_WAITERS,
} from '../../../functions/model/model-loader.ts';
import { createFakeClock, type FakeClock } from '../lib/fake-clock.ts';

interface FakeModel {
  readonly generation: number;
  released: boolean;
  release(): void;
}

interface BegunLoad {
  readonly alive: () => void;
  succeed(): FakeModel;
  fail(error: unknown): void;
}

/** A loader whose loads end when the test says so. */
function setUp() {
  const clock: FakeClock = createFakeClock();
  const loads: BegunLoad[] = [];
  const kept: Promise<unknown>[] = [];
  const loader = createModelLoader<FakeModel>((alive) => {
    const { promise, resolve, reject } = Promise.withResolvers<FakeModel>();
    const generation = loads.length + 1;
    loads.push({
      alive,
      fail: reject,
      succeed() {
        const model: FakeModel = {
          generation,
          released: false,
          release() {
            model.released = true;
          },
        };
        resolve(model);
        return model;
      },
    });
    return promise;
  }, clock);
  function begun(index: number): BegunLoad {
    return loads[index] ?? assert.fail(`load ${index} has not begun`);
  }
  /** One request; its outcome as text, so that none is ever an unhandled rejection. */
  async function request(): Promise<string> {
    try {
      return `model ${(await loader.get((work) => kept.push(work))).generation}`;
    } catch (error) {
      return error instanceof EntailError ? error.code : String(error);
    }
  }
  return { clock, loads, kept, loader, begun, request };
}

const missing = new EntailError('model_missing', 'no shard');
const death = new EntailError('runtime_dead', 'out of memory');

test('get() of ten first requests at once begins one load, which all of them get', async () => {
  const { clock, loads, kept, begun, request } = setUp();
  const answers = Array.from({ length: 10 }, request);
  await clock.advance(100);
  assert.equal(loads.length, 1);
  assert.equal(kept.length, 1, 'the load outlives the request that began it');
  begun(0).succeed();
  await clock.advance(100);
  assert.deepEqual(await Promise.all(answers), Array(10).fill('model 1'));
  assert.equal(await request(), 'model 1');
  assert.equal(loads.length, 1);
});

test('get() hands on the model although the request that began the load has ended', async () => {
  const { clock, begun, request } = setUp();
  void request(); // Nobody waits for this one, as when its caller hung up.
  const second = request();
  begun(0).succeed();
  await clock.advance(100);
  assert.equal(await second, 'model 1');
});

test('get() takes over a load that gives no sign of life, and drops its late result', async () => {
  const { clock, loads, begun, request } = setUp();
  const first = request();
  await clock.advance(LOAD_LEASE_MS - 100);
  assert.equal(loads.length, 1);
  await clock.advance(200);
  assert.equal(loads.length, 2);
  const late = begun(0).succeed();
  await clock.advance(100);
  assert.equal(late.released, true);
  const model = begun(1).succeed();
  await clock.advance(100);
  assert.equal(await first, 'model 2');
  assert.equal(model.released, false);
});

test('get() leaves alone a slow load that gives signs of life', async () => {
  const { clock, loads, begun, request } = setUp();
  void request();
  for (let step = 0; step < 8; step += 1) {
    await clock.advance(LOAD_LEASE_MS / 2);
    begun(0).alive();
    void request();
  }
  assert.equal(loads.length, 1);
});

test('get() tells a load that was taken over to stop', async () => {
  const { clock, begun, request } = setUp();
  void request();
  await clock.advance(LOAD_LEASE_MS + 100);
  begun(1).alive();
  assert.throws(() => begun(0).alive(), { name: 'EntailError', code: 'model_loading' });
});

test('get() gives everyone who waited the failure of the load, and the next request tries anew', async () => {
  const { clock, loads, begun, request } = setUp();
  const waiters = Array.from({ length: 5 }, request);
  begun(0).fail(missing);
  await clock.advance(100);
  assert.deepEqual(await Promise.all(waiters), Array(5).fill('model_missing'));
  assert.equal(loads.length, 1, 'one failed load for five requests');
  const next = request();
  begun(1).succeed();
  await clock.advance(100);
  assert.equal(await next, 'model 2');
});

test('get() passes on a fault that is none of ours', async () => {
  const { clock, begun, request } = setUp();
  const first = request();
  begun(0).fail(new TypeError('a bug'));
  await clock.advance(100);
  assert.equal(await first, 'TypeError: a bug');
});

test('get() answers runtime_dead once the runtime could not start, and tries anew after a while', async () => {
  const { clock, loads, begun, request } = setUp();
  const first = request();
  begun(0).fail(death);
  await clock.advance(100);
  assert.equal(await first, 'runtime_dead');
  await clock.advance(DEAD_MS - 1_000);
  assert.equal(await request(), 'runtime_dead');
  assert.equal(loads.length, 1);
  await clock.advance(1_000);
  const next = request();
  begun(1).succeed();
  await clock.advance(100);
  assert.equal(await next, 'model 2');
});

test('died() ends a model that was ready', async () => {
  const { clock, loader, begun, request } = setUp();
  const first = request();
  begun(0).succeed();
  await clock.advance(100);
  assert.equal(await first, 'model 1');
  const model = await loader.get(() => {});
  loader.died(model, death);
  assert.equal(await request(), 'runtime_dead');
  await clock.advance(DEAD_MS);
  const next = request();
  begun(1).succeed();
  await clock.advance(100);
  assert.equal(await next, 'model 2');
  loader.died(model, death);
  assert.equal(await request(), 'model 2');
});

test('get() waits a bounded time', async () => {
  const { clock, begun, request } = setUp();
  const first = request();
  for (let waited = 0; waited <= MAX_LOAD_WAIT_MS; waited += 1000) {
    begun(0).alive();
    await clock.advance(1000);
  }
  assert.equal(await first, 'model_loading');
});

test('get() lets a bounded number wait, and forgets those who can no longer', async () => {
  const { clock, begun, request } = setUp();
  const waiters = Array.from({ length: MAX_LOAD_WAITERS }, request);
  assert.equal(await request(), 'model_loading');
  begun(0).succeed();
  await clock.advance(100);
  assert.deepEqual(await Promise.all(waiters), Array(MAX_LOAD_WAITERS).fill('model 1'));
});
