import assert from 'node:assert/strict';
import test from 'node:test';
import { systemClock } from '../../../functions/lib/clock.ts';
import { readManifest } from '../../../functions/model/read-manifest.ts';
import { createStoredModel } from '../../../functions/pipeline/stored-model.ts';
import { fakeModel, mapStore } from '../model/fake-model.ts';

const { manifest, blobs } = fakeModel();
const [shard] = manifest.files['judge.weights'].shards;
const sha256 = shard?.sha256 ?? assert.fail('no shard');

test('manifest() gives its bytes as they lie there', async () => {
  const { bytes } = await createStoredModel(mapStore(blobs), readManifest, systemClock).manifest();
  assert.deepEqual(bytes, blobs.get('manifest.json'));
});

test('openShard() opens what the manifest of this moment names, and nothing else', async () => {
  const more = new Map([...blobs, [`${'0'.repeat(64)}.bin`, new Uint8Array(9)]]);
  const asked: string[] = [];
  const stored = createStoredModel(mapStore(more, asked), readManifest, systemClock);
  assert.equal((await stored.openShard(sha256))?.size, shard?.bytes);
  assert.deepEqual(asked, ['manifest.json', `${sha256}.bin`]);
  for (const other of ['0'.repeat(64), sha256.toUpperCase(), '../manifest', '']) {
    assert.equal(await stored.openShard(other), null, other);
  }
  more.set('manifest.json', new TextEncoder().encode('{}'));
  await assert.rejects(stored.openShard(sha256), { code: 'model_integrity' });
});

test('openShard() says when a shard is gone, and when the storage fails', async () => {
  const without = new Map([...blobs].filter(([key]) => !key.startsWith(sha256)));
  await assert.rejects(
    createStoredModel(mapStore(without), readManifest, systemClock).openShard(sha256),
    {
      code: 'model_missing',
      message: /not in storage/,
    },
  );
  const store = mapStore(blobs);
  const broken = {
    get: (key: string) =>
      key.endsWith('.bin') ? Promise.reject(new Error('10001')) : store.get(key),
  };
  await assert.rejects(createStoredModel(broken, readManifest, systemClock).openShard(sha256), {
    code: 'storage_unavailable',
  });
});
