import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manifestKey, POINTER_KEY } from '../../../functions/model/bucket-keys.ts';
import { describeVersions } from '../../../scripts/rollout/describe-versions.ts';
import { pushModel } from '../../../scripts/rollout/push-model.ts';
import { readPointer } from '../../../scripts/rollout/read-pointer.ts';
import { rollBack } from '../../../scripts/rollout/roll-back.ts';
import { memoryBucket } from './memory-bucket.ts';
import { bucketOfThree, VERSIONS } from './three-versions.ts';

const [first, second, third] = VERSIONS;

async function current({ target }: ReturnType<typeof memoryBucket>): Promise<unknown> {
  const pointer = await readPointer(target);
  return [pointer?.revision, pointer?.previous];
}

describe('rollBack()', () => {
  it('makes the version before current again, by the pointer alone, and back', async () => {
    const bucket = await bucketOfThree();
    const { from, to } = await rollBack(bucket.target, null);
    assert.deepEqual([from.revision, to.revision], [third.revision, second.revision]);
    assert.deepEqual(await current(bucket), [second.revision, third.revision]);
    assert.deepEqual(bucket.written, [POINTER_KEY]);
    await rollBack(bucket.target, null);
    assert.deepEqual(await current(bucket), [third.revision, second.revision]);
  });

  it('goes to any version that is listed, by the beginning of its revision', async () => {
    for (const wanted of [first.revision, first.revision.replace('sha256:', '').slice(0, 12)]) {
      const bucket = await bucketOfThree();
      await rollBack(bucket.target, wanted);
      assert.deepEqual(await current(bucket), [first.revision, third.revision]);
    }
  });

  it('changes nothing when some of it is missing or damaged', async () => {
    for (const key of [second.shard, manifestKey(second.revision)]) {
      for (const change of [null, Uint8Array.of(1)]) {
        const bucket = await bucketOfThree();
        if (change === null) bucket.objects.delete(key);
        else bucket.objects.set(key, change);
        const words = change === null ? /is missing/ : /its SHA-256 is/;
        await assert.rejects(rollBack(bucket.target, null), words);
        assert.deepEqual(bucket.written, []);
      }
    }
  });

  it('says what is wrong with the request', async () => {
    const bucket = await bucketOfThree();
    await assert.rejects(rollBack(bucket.target, 'xyz'), /cannot find one version xyz/);
    await assert.rejects(rollBack(bucket.target, ''), /3 revisions begin so/);
    await assert.rejects(rollBack(bucket.target, third.revision), /is at sha256:.* already/);
    await assert.rejects(rollBack(memoryBucket().target, null), /holds no model/);
    const fresh = memoryBucket();
    await pushModel(first.folder, fresh.target);
    await assert.rejects(rollBack(fresh.target, null), /no version was current before/);
  });
});

describe('describeVersions()', () => {
  it('lists the newest first, and says which is current and which was before it', async () => {
    const { target } = await bucketOfThree();
    await rollBack(target, first.revision);
    const text = describeVersions((await readPointer(target)) ?? assert.fail());
    const [head = '', ...lines] = text.split('\n');
    assert.match(head, /^revision +shards +as +pushed/);
    const found = lines.map((line) => line.split(/\s{2,}/).slice(0, 2));
    const short = (revision: string) => revision.slice('sha256:'.length).slice(0, 12);
    assert.deepEqual(found[0], [short(first.revision), 'current']);
    assert.deepEqual(found[1], [short(third.revision), 'previous']);
    assert.deepEqual(found[2]?.[0], short(second.revision));
  });
});
