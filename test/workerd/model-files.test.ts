import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, it } from 'node:test';
import { POINTER_KEY } from '../../functions/model/bucket-keys.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { readModelFolder } from '../../scripts/lib/model-folder.ts';
import { bundleOnce } from './bundle-once.ts';

const worker = await startLocalWorker({
  modelFolder: defaultModelFolder,
  bundleFolder: await bundleOnce(),
});
after(() => worker.dispose());
const { manifest, manifestBytes, shards } = await readModelFolder(defaultModelFolder);

it('GET /v1/model/manifest and blobs/:sha256 send out of R2 what was pushed there', async () => {
  const answer = await fetch(`${worker.url}/v1/model/manifest`);
  assert.equal(answer.status, 200);
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), Buffer.from(manifestBytes));
  assert.ok(shards.length > 5);
  for (const { key, path } of shards) {
    const url = `${worker.url}/v1/model/blobs/${key.replace('.bin', '')}`;
    const shard = await fetch(url);
    assert.equal(shard.status, 200);
    assert.equal(shard.headers.get('Cache-Control'), 'private, max-age=31536000, immutable');
    const expected = await readFile(path);
    assert.equal(shard.headers.get('Content-Length'), `${expected.length}`);
    assert.ok(expected.equals(Buffer.from(await shard.arrayBuffer())), key);
    const head = await fetch(url, { method: 'HEAD' });
    assert.deepEqual([head.status, await head.text()], [200, '']);
    const tag = shard.headers.get('ETag') ?? assert.fail('no tag');
    const again = await fetch(url, { headers: { 'If-None-Match': tag } });
    assert.deepEqual([again.status, await again.text()], [304, '']);
  }
});

it('GET /v1/model/blobs/:sha256 sends what lies there without a model that could be loaded', async () => {
  const [{ sha256 } = assert.fail('no shard')] = manifest.files['judge.onnx'].shards;
  await worker.bucket.put(`${sha256}.bin`, 'broken');
  const { status } = await fetch(`${worker.url}/readyz`);
  assert.equal(status, 503);
  const shard = await fetch(`${worker.url}/v1/model/blobs/${sha256}`);
  assert.deepEqual([shard.status, await shard.text()], [200, 'broken']);
  await worker.bucket.put(POINTER_KEY, '{}');
  const refused = await fetch(`${worker.url}/v1/model/manifest`);
  assert.equal(refused.status, 503);
  assert.equal((await refused.json()).code, 'model_integrity');
});
