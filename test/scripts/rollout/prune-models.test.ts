import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manifestKey, pointerKey } from '../../../functions/model/bucket-keys.ts';
import { MANIFEST_VERSION } from '../../../functions/model/manifest-schema.ts';
import { checkVersion } from '../../../scripts/rollout/check-version.ts';
import { KEEP_AFTER_LEAVING_MS } from '../../../scripts/rollout/keep-reason.ts';
import { type PruneRequest, pruneModels } from '../../../scripts/rollout/prune-models.ts';
import { readPointer } from '../../../scripts/rollout/read-pointer.ts';
import { sha256 } from '../../../scripts/rollout/sha256.ts';
import { bucketOfThree, VERSIONS } from './three-versions.ts';

const [first, second, third] = VERSIONS;
const NOBODY = new Set<string>();

function request(running: ReadonlySet<string> = NOBODY, laterMs = KEEP_AFTER_LEAVING_MS) {
  return { running, now: new Date(Date.now() + laterMs) } satisfies PruneRequest;
}

describe('pruneModels()', () => {
  it('removes what nothing needs: a manifest, and the shards that no other version shares', async () => {
    const { target, removed } = await bucketOfThree();
    const pruning = await pruneModels(target, request());
    assert.deepEqual(
      pruning.removed.map(({ revision }) => revision),
      [first.revision],
    );
    assert.deepEqual(removed, [first.shard, manifestKey(first.revision)]);
    for (const { revision } of [second, third]) await checkVersion(target, revision);
    const pointer = await readPointer(target);
    assert.deepEqual([pointer?.revision, pointer?.previous], [third.revision, second.revision]);
    assert.equal(pointer?.versions.length, 2);
  });

  it('keeps what is current, was current before, runs, or left less than a day ago', async () => {
    for (const [keep, reason] of [
      [request(new Set([first.revision])), 'running'],
      [request(NOBODY, KEEP_AFTER_LEAVING_MS - 60_000), 'left less than a day ago'],
    ] as const) {
      const { target, removed, written } = await bucketOfThree();
      const { kept } = await pruneModels(target, keep);
      assert.deepEqual(
        kept.map((entry) => entry.reason),
        [reason, 'previous', 'current'],
      );
      assert.deepEqual([removed, written], [[], []]);
    }
  });

  it('keeps shards that a Worker of the next format points to', async () => {
    const { target, objects, removed } = await bucketOfThree();
    const manifest = new TextEncoder().encode(JSON.stringify({ shards: [first.shard] }));
    const revision = sha256(manifest);
    objects.set(`${revision}.json`, manifest);
    const pointer = new TextEncoder().encode(JSON.stringify({ revision: `sha256:${revision}` }));
    objects.set(pointerKey(MANIFEST_VERSION + 1), pointer);
    await pruneModels(target, request());
    assert.deepEqual(removed, [manifestKey(first.revision)]);
    assert.ok(objects.has(`${revision}.json`));
  });

  it('removes nothing when it cannot know what a version that stays consists of', async () => {
    const { target, objects, removed } = await bucketOfThree();
    objects.delete(manifestKey(second.revision));
    await assert.rejects(pruneModels(target, request()), /the manifest of a version that stays/);
    assert.deepEqual(removed, []);
  });

  it('that breaks off is finished by the next one', async () => {
    for (const survive of [0, 1]) {
      const { target, objects, removed } = await bucketOfThree();
      const breaking = {
        ...target,
        async remove(key: string) {
          if (removed.length === survive) throw new Error('the line is cut');
          await target.remove(key);
        },
      };
      await assert.rejects(pruneModels(breaking, request()), /the line is cut/);
      assert.equal((await readPointer(target))?.versions.length, 3);
      await pruneModels(target, request());
      assert.equal((await readPointer(target))?.versions.length, 2);
      assert.ok(!objects.has(first.shard) && !objects.has(manifestKey(first.revision)));
    }
  });
});
