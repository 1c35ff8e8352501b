import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { BucketTarget } from '../../scripts/lib/bucket-target.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { openLocalBucket } from '../../scripts/lib/local-bucket-target.ts';
import { readModelFolder } from '../../scripts/lib/model-folder.ts';
import { openRemoteBucket } from '../../scripts/lib/remote-bucket-target.ts';
import { runWrangler } from '../../scripts/lib/run-wrangler.ts';
import { pushModel } from '../../scripts/rollout/push-model.ts';
import { runScript } from '../lib/run-script.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

/** A bucket in memory that writes down in which order it is written to. */
function memoryBucket(change: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes) {
  const objects = new Map<string, Uint8Array>();
  const written: string[] = [];
  const target: BucketTarget = {
    name: 'memory',
    read: async (key) => objects.get(key) ?? null,
    async write(key, path) {
      written.push(key);
      objects.set(key, change(readFileSync(path)));
    },
    close: async () => {},
  };
  return { objects, written, target };
}

function modelCopy(): string {
  const folder = temporaryFolder();
  for (const name of readdirSync(defaultModelFolder)) {
    copyFileSync(join(defaultModelFolder, name), join(folder, name));
  }
  return folder;
}

const ignore = () => {};

describe('pushModel()', () => {
  it('sends every shard of the manifest, byte for byte, and the manifest last', async () => {
    const { objects, written, target } = memoryBucket();
    const progress: [number, number][] = [];
    await pushModel(defaultModelFolder, target, (done, total) => progress.push([done, total]));
    const { shards } = await readModelFolder(defaultModelFolder);
    assert.deepEqual(written, [...shards.map(({ key }) => key), 'manifest.json']);
    for (const [key, bytes] of objects) {
      assert.deepEqual(bytes, readFileSync(join(defaultModelFolder, key)));
    }
    assert.deepEqual(progress.at(0), [0, written.length]);
    assert.deepEqual(progress.at(-1), [written.length, written.length]);
  });

  it('keeps what lies there already, and replaces what differs', async () => {
    const { objects, written, target } = memoryBucket();
    await pushModel(defaultModelFolder, target, ignore);
    const [first = assert.fail()] = objects.keys();
    objects.set(first, Uint8Array.of(1, 2, 3));
    written.length = 0;
    const pushed = await pushModel(defaultModelFolder, target, ignore);
    assert.deepEqual(written, [first]);
    const sent = pushed.filter(({ done }) => done === 'sent').map(({ key }) => key);
    assert.deepEqual(sent, [first]);
    assert.equal(pushed.length, objects.size);
  });

  it('does not switch the manifest when the bucket gives other bytes back', async () => {
    const { written, target } = memoryBucket((bytes) => bytes.slice(1));
    await assert.rejects(pushModel(defaultModelFolder, target, ignore), /the bucket gives back/);
    assert.ok(!written.includes('manifest.json'));
  });

  it('sends nothing when a shard on disk is damaged or missing', async () => {
    const { shards } = await readModelFolder(defaultModelFolder);
    const { key } = shards.at(-1) ?? assert.fail();
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
      await assert.rejects(pushModel(folder, target, ignore), message);
      assert.deepEqual(written, []);
    }
  });
});

describe('openLocalBucket()', () => {
  it('fills the bucket that wrangler itself reads', async () => {
    const state = temporaryFolder();
    const target = await openLocalBucket('some-bucket', state);
    await pushModel(defaultModelFolder, target, ignore);
    assert.equal(await target.read('nothing'), null);
    await target.close();
    const file = join(state, 'got');
    const object = 'some-bucket/manifest.json';
    const get = ['r2', 'object', 'get', object, '--local', '--persist-to', state, '--file', file];
    const { exitCode, output } = await runWrangler(get);
    assert.equal(exitCode, 0, output);
    assert.deepEqual(readFileSync(file), readFileSync(join(defaultModelFolder, 'manifest.json')));
  });
});

describe('openRemoteBucket()', () => {
  /** wrangler's part, played over a bucket in memory, with wrangler's own words. */
  function fakeWrangler(broken = '') {
    const objects = new Map<string, Buffer>();
    const wrangler: typeof runWrangler = async (args) => {
      const [r2, object, verb, path = '', remote, file, local = ''] = args;
      assert.deepEqual([r2, object, remote, file], ['r2', 'object', '--remote', '--file']);
      if (broken !== '') return { exitCode: 1, output: broken };
      if (verb === 'put') objects.set(path, readFileSync(local));
      const bytes = objects.get(path);
      if (bytes === undefined) {
        return { exitCode: 1, output: '[ERROR] The specified key does not exist.' };
      }
      if (verb === 'get') writeFileSync(local, bytes);
      return { exitCode: 0, output: '' };
    };
    return { objects, wrangler };
  }

  it('pushes through wrangler, and the second time sends nothing', async (t) => {
    const { objects, wrangler } = fakeWrangler();
    const target = await openRemoteBucket('some-bucket', wrangler);
    t.after(() => target.close());
    await pushModel(defaultModelFolder, target, ignore);
    assert.ok(objects.has('some-bucket/manifest.json'));
    const again = await pushModel(defaultModelFolder, target, ignore);
    assert.ok(again.every(({ done }) => done === 'kept'));
    assert.equal(objects.size, again.length);
  });

  it("passes wrangler's own words on when it fails", async (t) => {
    const { wrangler } = fakeWrangler('[ERROR] You are not logged in.');
    const target = await openRemoteBucket('some-bucket', wrangler);
    t.after(() => target.close());
    await assert.rejects(pushModel(defaultModelFolder, target, ignore), /You are not logged in/);
  });
});

describe('model:push', () => {
  const push = (...args: string[]) =>
    runScript([process.execPath, 'scripts/model-push.ts', ...args]);

  it('asks for what is missing', async () => {
    const { exitCode, stderr } = await push('--bucket', 'b');
    assert.equal(exitCode, 1);
    assert.match(stderr, /--model and --bucket are needed/);
  });

  it('refuses both places at once', async () => {
    const { stderr } = await push('--model', 'm', '--bucket', 'b', '--local', '--remote');
    assert.match(stderr, /exclude each other/);
  });
});
