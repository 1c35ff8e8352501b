import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOAD_LEASE_MS } from '../../../functions/model/load-state.ts';
import { MAX_WAITING_REQUESTS, SLOT_LEASE_MS } from '../../../functions/pipeline/slot.ts';
import { defaultModelFolder } from '../../../scripts/lib/default-model-folder.ts';
import { imageFixture } from '../../functions/image/fixture.ts';
import { expectProblem } from '../expect-problem.ts';
import { expectVerdict } from '../expect-verdict.ts';
import { putBlobs, readModelBlobs } from '../model-blobs.ts';
import type { Answer } from '../post-entail.ts';
import { postZeros } from '../post-zeros.ts';
import type { Fault, FaultPlan } from './fault.ts';
import { keysRead } from './keys-read.ts';
import { type FaultWorld, startFaultWorker } from './start-fault-worker.ts';

const QUESTION = {
  image: imageFixture('grey-alpha.png'),
  hypothesis: 'there are two birds.',
};
const NEVER: Fault = { kind: 'silence' };
/** A body that is announced, and never comes. */
const ANNOUNCED = { 'Content-Length': '5000' };

const worker = await startFaultWorker();
after(() => worker.dispose());
const blobs = await readModelBlobs(defaultModelFolder);
await putBlobs(worker.bucket, blobs);
const keys = keysRead(blobs);

async function readyWorld(plan: FaultPlan = {}): Promise<FaultWorld> {
  const world = await worker.world(plan);
  expectVerdict(await world.ask(QUESTION));
  return world;
}

const good = (await (await readyWorld()).ask(QUESTION)).text;

async function isGood(world: FaultWorld): Promise<void> {
  const { status, text } = await world.ask(QUESTION);
  assert.deepEqual([status, text], [200, good]);
}

/** The code of a 503, which must be complete. */
function expectCleanRefusal(answer: Answer): string {
  const { code } = JSON.parse(answer.text);
  expectProblem(answer, code);
  return code;
}

/** With timers and the clock so many times as fast. */
async function atSpeed<T>(speed: number, work: () => Promise<T>): Promise<T> {
  await worker.setClock({ speed });
  try {
    return await work();
  } finally {
    await worker.setClock({ speed: 1 });
  }
}

describe('a cold start', () => {
  for (const callers of [2, 10, 50]) {
    it(`of ${callers} at once reads each shard once; who waits is served, or told overloaded`, async () => {
      const world = await worker.world();
      const answers = await Promise.all(Array.from({ length: callers }, () => world.ask(QUESTION)));
      const served = answers.filter(({ status }) => status === 200);
      for (const { text } of served) assert.equal(text, good);
      assert.ok(served.length >= Math.min(callers, MAX_WAITING_REQUESTS + 1), `${served.length}`);
      for (const answer of answers) {
        if (answer.status !== 200) expectProblem(answer, 'overloaded');
      }
      assert.deepEqual((await world.reads()).toSorted(), keys);

      const probed = await worker.world();
      const probes = Array.from({ length: callers }, () => probed.get('/readyz'));
      for (const { status } of await Promise.all(probes)) assert.equal(status, 200);
      assert.deepEqual((await probed.reads()).toSorted(), keys);
    });
  }

  it('whose creator is gone is taken over when its lease ends', async () => {
    await atSpeed(10, async () => {
      for (const key of keys.slice(0, 2)) {
        const world = await worker.world({ byKey: { [key]: [NEVER] } });
        await world.vanish('/readyz');
        const begin = Date.now();
        await Promise.all(Array.from({ length: 5 }, () => isGood(world)));
        const waited = (Date.now() - begin) * 10;
        assert.ok(waited >= LOAD_LEASE_MS / 2, `the first load was not lost: ${waited} ms`);
        const reads = (await world.reads()).filter((read) => read === key);
        assert.equal(reads.length, 2);
      }
    });
  });
});

describe('the slot', () => {
  it('is free again when its holder is gone and the lease has ended', async () => {
    const world = await readyWorld();
    await atSpeed(20, async () => {
      const begin = Date.now();
      const gone = world.url.replace(/\/(\w+)$/, '/faults-vanish/$1');
      const { text } = await postZeros(gone, ANNOUNCED, 0);
      assert.equal(text, 'gone');
      expectProblem(await world.ask(QUESTION), 'overloaded');
      await isGood(world);
      const waited = (Date.now() - begin) * 20;
      assert.ok(waited >= SLOT_LEASE_MS * 0.9, `the slot was not held: ${waited} ms`);
    });
    await isGood(world);
  });

  it('is free again when a body never comes: upload_timeout, and the next is answered', async () => {
    const world = await readyWorld();
    await atSpeed(20, async () => {
      const slow = postZeros(world.url, ANNOUNCED, 0);
      await sleep(50);
      await Promise.all([isGood(world), isGood(world)]);
      expectProblem(await slow, 'upload_timeout');
    });
  });

  it('is refused at once when the room is full, the body unread; those who wait are served as they came', async () => {
    const world = await readyWorld();
    await atSpeed(5, async () => {
      const slow = postZeros(world.url, ANNOUNCED, 0);
      await sleep(50);
      const order: number[] = [];
      const waiting: Promise<void>[] = [];
      for (let i = 0; i < MAX_WAITING_REQUESTS; i += 1) {
        waiting.push(isGood(world).then(() => void order.push(i)));
        await sleep(10);
      }
      for (let i = 0; i < 20; i += 1) {
        const begin = Date.now();
        const refused = await postZeros(world.url, ANNOUNCED, 0);
        assert.ok(Date.now() - begin < 500, `${Date.now() - begin} ms`);
        expectProblem(refused, 'overloaded');
      }
      expectProblem(await slow, 'upload_timeout');
      await Promise.all(waiting);
      assert.deepEqual(order, Array.from(waiting.keys()));
    });
  });
});

describe('a clock', () => {
  const stalls: FaultPlan = { byKey: { [keys[1] ?? '']: [NEVER] } };
  it('that stands still keeps nobody from an answer, nor from a deadline', async () => {
    await worker.setClock({ speed: 10, frozen: true });
    const world = await worker.world(stalls);
    await Promise.all(Array.from({ length: 3 }, () => isGood(world)));
    const slow = postZeros(world.url, ANNOUNCED, 0);
    await sleep(50);
    const waits = [isGood(world), isGood(world)];
    expectProblem(await slow, 'upload_timeout');
    await Promise.all(waits);
    await worker.setClock({ speed: 1 });
  });

  it('that jumps an hour there and back: clean refusals at most, and afterwards answers as before', async () => {
    await worker.setClock({ speed: 10, swingMs: 3_600_000 });
    const world = await worker.world(stalls);
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.ask(QUESTION)));
    for (const answer of answers) {
      if (answer.status === 200) assert.equal(answer.text, good);
      else assert.match(expectCleanRefusal(answer), /^(model_loading|overloaded)$/);
    }
    await worker.setClock({ speed: 1 });
    await isGood(world);
  });

  it('that is set an hour on, or back, during a load: answers as before', async () => {
    for (const jumpMs of [3_600_000, -3_600_000]) {
      const world = await worker.world({
        always: { kind: 'delay', ms: 100 },
      });
      const first = world.ask(QUESTION);
      await sleep(200);
      await worker.setClock({ speed: 1, jumpMs });
      const { status, headers, text } = await first;
      if (status === 200) assert.equal(text, good);
      else expectProblem({ status, headers, text }, 'model_loading');
      await isGood(world);
    }
  });
});
