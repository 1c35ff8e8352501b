import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { ErrorCode } from '../../../functions/lib/entail-error.ts';
import { POINTER_KEY } from '../../../functions/model/bucket-keys.ts';
import { LOAD_LEASE_MS } from '../../../functions/model/load-state.ts';
import { defaultModelFolder } from '../../../scripts/lib/default-model-folder.ts';
import { imageFixture } from '../../functions/image/fixture.ts';
import { expectProblem } from '../expect-problem.ts';
import { expectVerdict } from '../expect-verdict.ts';
import { currentManifest, putBlobs, readModelBlobs } from '../model-blobs.ts';
import { otherVersion } from '../other-version.ts';
import { type Fault, type FaultPlan, STORAGE_FAULTS } from './fault.ts';
import { CHUNK_BYTES } from './faulty-store.ts';
import { keysRead } from './keys-read.ts';
import { type FaultWorld, startFaultWorker } from './start-fault-worker.ts';

const QUESTION = {
  image: imageFixture('grey-alpha.png'),
  hypothesis: 'there are two birds.',
};

const worker = await startFaultWorker();
after(() => worker.dispose());
const blobs = await readModelBlobs(defaultModelFolder);
await putBlobs(worker.bucket, blobs);
const other = await otherVersion(defaultModelFolder);
const otherBlobs = await readModelBlobs(other.folder);
const otherShard = otherBlobs.get(other.shard) ?? assert.fail('no shard');
await putBlobs(worker.bucket, new Map([[other.shard, otherShard]]));
const keys = keysRead(blobs);
const shards = keys.filter((key) => key.endsWith('.bin'));
const [someShard = ''] = shards;
const { key: manifest } = currentManifest(blobs);

const good = await (async () => {
  const answer = await (await worker.world()).ask(QUESTION);
  expectVerdict(answer);
  return answer.text;
})();

async function isGood(world: FaultWorld): Promise<void> {
  const { status, text } = await world.ask(QUESTION);
  assert.deepEqual([status, text], [200, good]);
}

function size(key: string): number {
  return blobs.get(key)?.length ?? 0;
}

/** The first request has the problem, and the next is answered. */
async function refusesOnce(plan: FaultPlan, code: ErrorCode): Promise<FaultWorld> {
  const world = await worker.world(plan);
  expectProblem(await world.ask(QUESTION), code);
  return world;
}

function failing(message: string, times: number, at?: number): Fault[] {
  const fault: Fault = { kind: 'error', message, ...(at === undefined ? {} : { at }) };
  return Array.from({ length: times }, () => fault);
}

describe('a storage that stumbles', () => {
  const { forbidden, ...passing } = STORAGE_FAULTS;
  for (const [name, message] of Object.entries(passing)) {
    it(`${name}: once or twice heals, three times is storage_unavailable, and the next request is answered`, async () => {
      const world = await worker.world({
        byKey: { [POINTER_KEY]: failing(message, 1), [someShard]: failing(message, 2, 0.5) },
      });
      await isGood(world);
      assert.equal((await world.reads()).length, keys.length + 3);

      const byKey = { [POINTER_KEY]: failing(message, 3), [someShard]: failing(message, 3, 0.5) };
      const worse = await refusesOnce({ byKey }, 'storage_unavailable');
      assert.deepEqual(await worse.reads(), Array(3).fill(POINTER_KEY));
      expectProblem(await worse.ask(QUESTION), 'storage_unavailable');
      const reads = (await worse.reads()).filter((read) => read === someShard);
      assert.equal(reads.length, 3);
      await isGood(worse);
    });
  }

  it('forbidden: is not tried again, and heals once it is allowed', async () => {
    const world = await refusesOnce(
      { byKey: { [POINTER_KEY]: failing(forbidden, 1) } },
      'storage_unavailable',
    );
    assert.deepEqual(await world.reads(), [POINTER_KEY]);
    await isGood(world);
  });

  it('each read failing with p = 0.3: heals, or is storage_unavailable and heals at a later request', async () => {
    const faults: Fault[] = Object.values(passing).flatMap((message) => [
      { kind: 'error', message },
      { kind: 'error', message, at: 0.5 },
    ]);
    await worker.setClock({ speed: 5 });
    let atOnce = 0;
    const seeds = 25;
    for (let seed = 1; seed <= seeds; seed += 1) {
      const world = await worker.world({ random: { seed, probability: 0.3, faults } });
      let requests = 1;
      for (; requests < 20; requests += 1) {
        const answer = await world.ask(QUESTION);
        if (answer.status === 200) {
          assert.equal(answer.text, good, `seed ${seed}`);
          break;
        }
        expectProblem(answer, 'storage_unavailable');
      }
      assert.ok(requests < 20, `seed ${seed} never healed`);
      if (requests === 1) atOnce += 1;
    }
    await worker.setClock({ speed: 1 });
    // 7 keys that each fail thrice with 0.027: of a hundred loads 83 heal by themselves.
    assert.ok(atOnce >= seeds * 0.6, `${atOnce} of ${seeds} at the first request`);
  });
});

describe('a storage that is slow', () => {
  it('a body that stops half-way is read anew', async () => {
    await worker.setClock({ speed: 10 });
    const world = await worker.world({ byKey: { [someShard]: [{ kind: 'stall', at: 0.5 }] } });
    await isGood(world);
    assert.equal((await world.reads()).length, keys.length + 1);
    await worker.setClock({ speed: 1 });
  });

  it('one that never answers is storage_unavailable, and the next request is answered', async () => {
    await worker.setClock({ speed: 10 });
    for (const key of [POINTER_KEY, manifest, someShard]) {
      const silent: Fault[] = Array.from({ length: 3 }, () => ({ kind: 'silence' }));
      await isGood(await refusesOnce({ byKey: { [key]: silent } }, 'storage_unavailable'));
    }
    await worker.setClock({ speed: 1 });
  });

  it('a load that takes longer than its lease is not begun twice while bytes arrive', async () => {
    await worker.setClock({ speed: 10 });
    const [largest = ''] = keys.toSorted((a, b) => size(b) - size(a));
    const chunkMs = (1.5 * LOAD_LEASE_MS * CHUNK_BYTES) / size(largest);
    const world = await worker.world({ byKey: { [largest]: [{ kind: 'delay', ms: 0, chunkMs }] } });
    await Promise.all([isGood(world), isGood(world)]);
    assert.deepEqual((await world.reads()).toSorted(), keys);
    await worker.setClock({ speed: 1 });
  });
});

describe('a storage that hands out something else', () => {
  for (const [index, key] of shards.entries()) {
    it(`shard ${key.slice(0, 8)}: whatever is wrong with it, no answer; then the right one`, async () => {
      const neighbour = shards.at((index + 1) % shards.length) ?? '';
      const wrong: readonly (readonly [Fault, ErrorCode])[] = [
        [{ kind: 'missing' }, 'model_missing'],
        [{ kind: 'truncate', bytes: 1 }, 'model_integrity'],
        [{ kind: 'truncate', bytes: 1e9 }, 'model_integrity'],
        [{ kind: 'extend', bytes: 1 }, 'model_integrity'],
        [{ kind: 'break', bytes: 1 }, 'model_integrity'],
        [{ kind: 'flip', bit: 0 }, 'model_integrity'],
        [{ kind: 'flip', bit: 4_001 }, 'model_integrity'],
        [{ kind: 'flip', bit: -1 }, 'model_integrity'],
        [{ kind: 'swap', with: neighbour }, 'model_integrity'],
        [{ kind: 'swap', with: other.shard }, 'model_integrity'],
      ];
      // A shard that is wrong is read once more before it is given up.
      const faults = wrong.flatMap(([fault, code]) =>
        code === 'model_integrity' ? [fault, fault] : [fault],
      );
      const world = await worker.world({ byKey: { [key]: faults } });
      for (const [fault, code] of wrong) {
        const answer = await world.ask(QUESTION);
        assert.ok(!answer.text.includes('"label"'), JSON.stringify(fault));
        expectProblem(answer, code);
      }
      await isGood(world);
    });
  }

  it('a shard that is wrong once is read again, and nobody notices', async () => {
    const world = await worker.world({ byKey: { [someShard]: [{ kind: 'flip', bit: 77 }] } });
    await isGood(world);
    assert.equal((await world.reads()).length, keys.length + 1);
  });

  for (const key of [POINTER_KEY, manifest]) {
    const what = key === manifest ? 'manifest' : 'pointer';
    it(`the ${what}: missing, cut, flipped, huge or a shard: no answer; then the right one`, async () => {
      const wrong: readonly (readonly [Fault, ErrorCode])[] = [
        [{ kind: 'missing' }, 'model_missing'],
        [{ kind: 'truncate', bytes: 100 }, 'model_integrity'],
        [{ kind: 'break', bytes: 100 }, 'model_integrity'],
        [{ kind: 'flip', bit: 2 }, 'model_integrity'],
        [{ kind: 'extend', bytes: 100 * 1024 }, 'model_integrity'],
        [{ kind: 'swap', with: someShard }, 'model_integrity'],
      ];
      // Like a shard, a manifest that is not what its key says is read once more.
      const faults = wrong.flatMap(([fault, code]) =>
        key === manifest && code === 'model_integrity' ? [fault, fault] : [fault],
      );
      const world = await worker.world({ byKey: { [key]: faults } });
      for (const [, code] of wrong) expectProblem(await world.ask(QUESTION), code);
      await isGood(world);
    });
  }
});
