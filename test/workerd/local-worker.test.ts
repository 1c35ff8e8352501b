import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { manifestKey, POINTER_KEY } from '../../functions/model/bucket-keys.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { heapUsage } from '../../scripts/lib/heap-usage.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { readModelFolder } from '../../scripts/lib/model-folder.ts';
import { bundleOnce } from './bundle-once.ts';

/** The bundle's own limit at Cloudflare is 64 MiB; more than 20 would mean something crept in. */
const MAX_BUNDLE_BYTES = 20 * 1024 * 1024;

describe('startLocalWorker()', () => {
  it('runs the bundle with exactly the shards, the manifest and the pointer in the bucket', async (t) => {
    const worker = await startLocalWorker({
      modelFolder: defaultModelFolder,
      bundleFolder: await bundleOnce(),
    });
    t.after(() => worker.dispose());
    const { shards, revision } = await readModelFolder(defaultModelFolder);
    const { objects } = await worker.bucket.list();
    const keys = [...shards.map(({ key }) => key), manifestKey(revision), POINTER_KEY];
    assert.deepEqual(objects.map(({ key }) => key).sort(), keys.sort());
    for (const { key, bytes } of shards) {
      assert.equal(objects.find((object) => object.key === key)?.size, bytes);
    }
    assert.ok(worker.bundle.bytes < MAX_BUNDLE_BYTES, `${worker.bundle.bytes} bytes`);
  });

  it('makes a bundle when none is named, and removes it in the end', async () => {
    const worker = await startLocalWorker({ modelFolder: null });
    assert.deepEqual((await worker.bucket.list()).objects, []);
    assert.equal((await fetch(`${worker.url}/livez`)).status, 200);
    assert.ok(existsSync(worker.bundle.folder));
    await worker.dispose();
    assert.ok(!existsSync(worker.bundle.folder));
    await assert.rejects(fetch(`${worker.url}/livez`));
  });
});

describe('heapUsage()', () => {
  it('sees what the Worker holds, and that loading a model adds to it', async (t) => {
    const worker = await startLocalWorker({
      modelFolder: defaultModelFolder,
      bundleFolder: await bundleOnce(),
    });
    t.after(() => worker.dispose());
    const before = await heapUsage(worker);
    assert.ok(before.usedMib > 0.5 && before.usedMib < 20, `${before.usedMib} MiB`);
    assert.equal((await fetch(`${worker.url}/readyz`)).status, 200);
    const after = await heapUsage(worker);
    const grown = after.usedMib + after.backingMib - before.usedMib - before.backingMib;
    assert.ok(grown > 0.05 && grown < 64, `${grown} MiB`);
  });
});
