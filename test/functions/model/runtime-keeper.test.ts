import assert from 'node:assert/strict';
import test from 'node:test';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { createRuntimeKeeper } from '../../../functions/model/runtime-keeper.ts';

const missing = new EntailError('model_missing', 'no shard');
const death = new EntailError('runtime_dead', 'no memory');

/** A keeper of numbered runtimes. */
function setUp() {
  let started = 0;
  const withRuntime = createRuntimeKeeper(async () => {
    started += 1;
    return started;
  });
  /** Which runtime a load got; it fails with the error, if there is one. */
  async function load(error: EntailError | null): Promise<number> {
    let got = 0;
    await withRuntime(async (runtime) => {
      got = runtime;
      if (error !== null) throw error;
    }).catch(() => {});
    return got;
  }
  return { withRuntime, load };
}

test('createRuntimeKeeper() gives a load the runtime of one that failed', async () => {
  const { load } = setUp();
  assert.deepEqual([await load(missing), await load(missing), await load(null)], [1, 1, 1]);
});

test('createRuntimeKeeper() starts another when one broke', async () => {
  const { load } = setUp();
  assert.deepEqual([await load(missing), await load(death), await load(null)], [1, 1, 2]);
});

test('createRuntimeKeeper() starts another when a model has the last one', async () => {
  const { load } = setUp();
  assert.deepEqual([await load(null), await load(null)], [1, 2]);
});

test('createRuntimeKeeper() passes on that a runtime does not start, and tries again', async () => {
  let broken = true;
  const withRuntime = createRuntimeKeeper(async () => {
    if (broken) throw death;
    return 'runtime';
  });
  await assert.rejects(
    withRuntime(async () => {}),
    death,
  );
  broken = false;
  assert.equal(await withRuntime(async (runtime) => runtime), 'runtime');
});

test('createRuntimeKeeper() waits for nobody, and keeps nothing that comes back late', async () => {
  const { withRuntime, load } = setUp();
  const hanging = Promise.withResolvers<never>();
  const lost = withRuntime(() => hanging.promise);
  await Promise.resolve();
  assert.equal(await load(null), 2);
  hanging.reject(missing);
  await assert.rejects(lost, missing);
  assert.equal(await load(null), 3, 'not the one that came back late');
});
