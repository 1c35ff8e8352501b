import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultModelFolder } from '../../../scripts/lib/default-model-folder.ts';
import { imageFixture } from '../../functions/image/fixture.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { expectVerdict } from '../expect-verdict.ts';
import { type ModelBlobs, putBlobs, readModelBlobs } from '../model-blobs.ts';
import { otherVersion } from '../other-version.ts';
import { type FaultWorld, startFaultWorker } from './start-fault-worker.ts';

const QUESTIONS = ['grey-alpha.png', 'bilevel.png', 'one-pixel.png'].map((name) => ({
  image: imageFixture(name),
  hypothesis: 'there are two birds and a dog.',
}));
const blobs = await readModelBlobs(defaultModelFolder);
const other = await readModelBlobs((await otherVersion(defaultModelFolder)).folder);
const bucketFolder = temporaryFolder();

let worker = await startFaultWorker({ bucketFolder });
after(() => worker.dispose());
await putBlobs(worker.bucket, blobs);

async function answers(world: FaultWorld): Promise<string[]> {
  const texts: string[] = [];
  for (const question of QUESTIONS) {
    const answer = await world.ask(question);
    expectVerdict(answer);
    texts.push(answer.text);
  }
  return texts;
}

/** What a release of a version does: its shards first, the pointer last. */
function release(version: ModelBlobs): Promise<void> {
  return putBlobs(worker.bucket, version);
}

describe('two versions on one bucket', () => {
  it('two isolates: each answers with its own weights, before and after the other has loaded', async () => {
    const one = await worker.world();
    const first = await answers(one);
    await release(other);
    const two = await worker.world();
    const second = await answers(two);
    for (const [i, text] of first.entries()) {
      assert.notEqual(text, second[i]);
      const [a, b] = [JSON.parse(text), JSON.parse(second[i] ?? '')];
      assert.notEqual(a.model.revision, b.model.revision);
      assert.notDeepEqual(a.scores, b.scores);
    }
    for (let round = 0; round < 3; round += 1) {
      assert.deepEqual(await answers(one), first);
      assert.deepEqual(await answers(two), second);
    }
    await release(blobs);
    assert.deepEqual(await answers(await worker.world()), first);
  });

  it('a release while a model is being loaded: the old or the new one answers, never a mixture', async () => {
    const old = await answers(await worker.world());
    await release(other);
    const fresh = await answers(await worker.world());
    await release(blobs);
    for (const delayMs of [20, 60, 150]) {
      const world = await worker.world({ always: { kind: 'delay', ms: 30 } });
      const asked = answers(world);
      await sleep(delayMs);
      await release(other);
      const found = await asked;
      assert.ok(
        [old, fresh].some((texts) => texts.join() === found.join()),
        found.join('\n'),
      );
      await release(blobs);
    }
  });
});

describe('workerd killed under load', () => {
  it('answers as before once it runs again on the same bucket', async () => {
    const before = await answers(await worker.world());
    const world = await worker.world();
    const underWay = Array.from({ length: 8 }, () => answers(world).catch(() => 'cut off'));
    await sleep(150);
    const [pid] = workerds();
    process.kill(pid ?? assert.fail('no workerd'), 'SIGKILL');
    const cut = await Promise.all(underWay);
    assert.ok(cut.includes('cut off'));
    for (const texts of cut) if (texts !== 'cut off') assert.deepEqual(texts, before);
    await worker.dispose();
    worker = await startFaultWorker({ bucketFolder });
    assert.deepEqual(await answers(await worker.world()), before);
  });
});

/** Process ids of the workerds that this process has started. */
function workerds(): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm=']).toString().split('\n');
  return lines.flatMap((line) => {
    const [pid, parent, name = ''] = line.trim().split(/\s+/);
    return Number(parent) === process.pid && name.endsWith('workerd') ? [Number(pid)] : [];
  });
}
