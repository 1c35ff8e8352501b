import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { manifestKey, POINTER_KEY } from '../../../functions/model/bucket-keys.ts';
import { defaultModelFolder } from '../../../scripts/lib/default-model-folder.ts';
import { readModelFolder } from '../../../scripts/lib/model-folder.ts';
import { parsePointer } from '../../../scripts/rollout/bucket-pointer.ts';
import { pushModel } from '../../../scripts/rollout/push-model.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { otherVersion } from '../../workerd/other-version.ts';
import { memoryBucket } from './memory-bucket.ts';

function modelCopy(): string {
  const folder = temporaryFolder();
  cpSync(defaultModelFolder, folder, { recursive: true });
  return folder;
}

const model = await readModelFolder(defaultModelFolder);

describe('pushModel()', () => {
  it('sends every shard, byte for byte, then the manifest under its revision, then the pointer', async () => {
    const { objects, written, target } = memoryBucket();
    const progress: [number, number][] = [];
    const push = await pushModel(defaultModelFolder, target, (done, total) =>
      progress.push([done, total]),
    );
    const keys = model.shards.map(({ key }) => key);
    assert.deepEqual(written.slice(0, -2).toSorted(), keys.toSorted());
    assert.deepEqual(written.slice(-2), [manifestKey(model.revision), POINTER_KEY]);
    for (const key of keys) {
      assert.deepEqual(
        objects.get(key),
        new Uint8Array(readFileSync(join(defaultModelFolder, key))),
      );
    }
    assert.deepEqual(objects.get(manifestKey(model.revision)), model.manifestBytes);
    const pointer = parsePointer(objects.get(POINTER_KEY) ?? assert.fail());
    const { revision, previous, versions } = pointer;
    assert.deepEqual([revision, previous, versions.length], [model.revision, null, 1]);
    assert.deepEqual([push.revision, push.replaced], [model.revision, null]);
    assert.deepEqual(progress.at(0), [0, written.length]);
    assert.deepEqual(progress.at(-1), [written.length, written.length]);
  });

  it('keeps what lies there already, and replaces what differs', async () => {
    const { objects, written, target } = memoryBucket();
    await pushModel(defaultModelFolder, target);
    const [first = assert.fail()] = objects.keys();
    objects.set(first, Uint8Array.of(1, 2, 3));
    written.length = 0;
    const { objects: pushed } = await pushModel(defaultModelFolder, target);
    assert.deepEqual(written, [first]);
    const sent = pushed.filter(({ done }) => done === 'sent').map(({ key }) => key);
    assert.deepEqual(sent, [first]);
    assert.equal(pushed.length, objects.size);
  });

  it('of another version sends only what differs, and keeps the one before', async () => {
    const { objects, written, target } = memoryBucket();
    await pushModel(defaultModelFolder, target);
    const before = new Map(objects);
    const other = await otherVersion(defaultModelFolder);
    written.length = 0;
    const { revision, replaced } = await pushModel(other.folder, target);
    assert.deepEqual(written, [other.shard, manifestKey(revision), POINTER_KEY]);
    assert.equal(replaced, model.revision);
    for (const [key, bytes] of before) {
      if (key !== POINTER_KEY) assert.equal(objects.get(key), bytes, key);
    }
    const pointer = parsePointer(objects.get(POINTER_KEY) ?? assert.fail());
    assert.deepEqual([pointer.revision, pointer.previous], [revision, model.revision]);
    const left = pointer.versions.map(({ left_at }) => left_at !== null);
    assert.deepEqual(left, [true, false]);
  });

  it('does not switch when the bucket gives other bytes back', async () => {
    const { written, target } = memoryBucket((bytes) => bytes.slice(1));
    await assert.rejects(pushModel(defaultModelFolder, target), /gives back/);
    assert.ok(!written.includes(POINTER_KEY));
    assert.ok(!written.includes(manifestKey(model.revision)));
  });

  it('that breaks off is finished by the next one, which sends only the rest', async () => {
    const { objects, written, target } = memoryBucket();
    let left = 3;
    const breaking = {
      ...target,
      async write(key: string, bytes: Uint8Array) {
        if (left === 0) throw new Error('the line is cut');
        left -= 1;
        await target.write(key, bytes);
      },
    };
    await assert.rejects(pushModel(defaultModelFolder, breaking), /the line is cut/);
    assert.equal(objects.get(POINTER_KEY), undefined);
    const { objects: pushed } = await pushModel(defaultModelFolder, target);
    assert.equal(pushed.filter(({ done }) => done === 'kept').length, 3);
    assert.equal(new Set(written).size, written.length, 'nothing was sent twice');
  });

  it('does not switch when somebody else has done so meanwhile', async () => {
    const { target } = memoryBucket();
    await pushModel(defaultModelFolder, target);
    const mine = await otherVersion(defaultModelFolder);
    const theirs = await otherVersion(defaultModelFolder, (row) => row.fill(1));
    const racing = {
      ...target,
      async write(key: string, bytes: Uint8Array) {
        if (key === mine.shard) await pushModel(theirs.folder, target);
        await target.write(key, bytes);
      },
    };
    await assert.rejects(pushModel(mine.folder, racing), /changed meanwhile/);
    const { revision } = parsePointer((await target.read(POINTER_KEY)) ?? assert.fail());
    assert.equal(revision, (await readModelFolder(theirs.folder)).revision);
  });

  it('sends nothing when a shard on disk is damaged or missing', async () => {
    const { key } = model.shards.at(-1) ?? assert.fail();
    const damages: [RegExp, (path: string) => void][] = [
      [
        /its SHA-256 is/,
        (path) => writeFileSync(path, readFileSync(path).fill(7, 0, 1).fill(9, 1, 2)),
      ],
      [/bytes, expected/, (path) => writeFileSync(path, 'short')],
      [/ENOENT/, (path) => rmSync(path)],
    ];
    for (const [message, damage] of damages) {
      const folder = modelCopy();
      damage(join(folder, key));
      const { written, target } = memoryBucket();
      await assert.rejects(pushModel(folder, target), message);
      assert.deepEqual(written, []);
    }
  });
});
