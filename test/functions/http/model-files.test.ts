import assert from 'node:assert/strict';
import test from 'node:test';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { fakeApp } from './fake-service.ts';

test('GET /v1/model/manifest sends the bytes in storage, and 304 to who has them', async () => {
  const { blobs, model, send } = await fakeApp();
  const answer = await send('/v1/model/manifest');
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('Cache-Control'), 'private, no-cache');
  assert.equal(answer.headers.get('Content-Type'), 'application/json');
  const tag = answer.headers.get('ETag') ?? assert.fail('no tag');
  assert.equal(tag, `"${model.revision}"`);
  assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), blobs.get('manifest.json'));
  for (const header of [tag, `W/${tag}`, `"other", ${tag}`]) {
    const again = await send('/v1/model/manifest', { headers: { 'If-None-Match': header } });
    assert.deepEqual([again.status, await again.text()], [304, ''], header);
    assert.equal(again.headers.get('ETag'), tag);
  }
  const other = await send('/v1/model/manifest', { headers: { 'If-None-Match': '"other"' } });
  assert.equal(other.status, 200);
});

test('GET /v1/model/blobs/:sha256 sends a shard that may be kept for ever', async () => {
  const { blobs, model, send } = await fakeApp();
  for (const { sha256, bytes } of model.manifest.files['vision.weights'].shards) {
    const path = `/v1/model/blobs/${sha256}`;
    const answer = await send(path);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('Cache-Control'), 'private, max-age=31536000, immutable');
    assert.equal(answer.headers.get('ETag'), `"${sha256}"`);
    assert.equal(answer.headers.get('Content-Length'), `${bytes}`);
    assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), blobs.get(`${sha256}.bin`));
    const again = await send(path, { headers: { 'If-None-Match': `"${sha256}"` } });
    assert.deepEqual([again.status, await again.text()], [304, '']);
  }
});

test('GET /v1/model/blobs/:sha256 answers 404, not to be kept, for what the manifest does not name', async () => {
  const { blobs, send } = await fakeApp();
  const other = '0'.repeat(64);
  blobs.set(`${other}.bin`, new Uint8Array(5));
  for (const name of [other, 'manifest.json', '..%2Fmanifest.json', 'x'.repeat(500)]) {
    const answer = await send(`/v1/model/blobs/${name}`);
    const { status, code, detail } = await answer.json();
    assert.deepEqual([answer.status, status, code], [404, 404, 'not_found'], name);
    assert.ok(detail.length < 200, detail);
    assert.equal(answer.headers.get('Cache-Control'), 'no-store');
  }
});

test('the model’s files are sent though the model cannot be loaded, and only to who may call', async () => {
  const { model, send } = await fakeApp(new EntailError('runtime_dead', 'no model here'));
  const [{ sha256 } = assert.fail()] = model.manifest.files.tokenizer.shards;
  const paths = ['/v1/model/manifest', `/v1/model/blobs/${sha256}`];
  for (const path of paths) assert.equal((await send(path)).status, 200);
  const entry = `caller:${'0'.repeat(64)}`;
  const closed = await fakeApp(null, { API_KEYS: entry });
  for (const path of paths) {
    const answer = await closed.send(path);
    assert.deepEqual([answer.status, (await answer.json()).code], [401, 'unauthorized']);
  }
});

test('the model’s files leave the revision, or what was missing, in the log', async () => {
  const { blobs, model, send, log } = await fakeApp();
  await send('/v1/model/manifest');
  assert.equal(log.at(-1)?.revision, model.revision);
  blobs.clear();
  const answer = await send(`/v1/model/blobs/${'0'.repeat(64)}`);
  assert.deepEqual([answer.status, log.at(-1)?.code], [503, 'model_missing']);
});
