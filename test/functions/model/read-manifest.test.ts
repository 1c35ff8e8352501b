import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { systemClock } from '../../../functions/lib/clock.ts';
import { createBlobReader } from '../../../functions/model/blob-reader.ts';
import { readManifest } from '../../../functions/model/read-manifest.ts';
import { fakeModel, mapStore } from './fake-model.ts';

test('readManifest() names the revision after the bytes', async () => {
  const { manifest, blobs } = fakeModel();
  const read = await readManifest(createBlobReader(mapStore(blobs), systemClock, () => {}));
  const bytes = blobs.get('manifest.json') ?? assert.fail('no manifest');
  assert.equal(read.revision, `sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  assert.deepEqual(read.manifest, manifest);
});

test('readManifest() refuses one that is too long before it is read', async () => {
  const body = new ReadableStream<Uint8Array>(
    { pull: () => assert.fail('read') },
    { highWaterMark: 0 },
  );
  const store = { get: async () => ({ size: 65537, body }) };
  await assert.rejects(readManifest(createBlobReader(store, systemClock, () => {})), {
    code: 'model_integrity',
    message: /65537 bytes, at most 65536/,
  });
});

test('readManifest() says that an empty bucket has no model', async () => {
  await assert.rejects(readManifest(createBlobReader(mapStore(new Map()), systemClock, () => {})), {
    code: 'model_missing',
    message: /no manifest\.json/,
  });
});
