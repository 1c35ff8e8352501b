import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { systemClock } from '../../../functions/lib/clock.ts';
import { createBlobReader } from '../../../functions/model/blob-reader.ts';
import { manifestKey, POINTER_KEY } from '../../../functions/model/bucket-keys.ts';
import { readCurrentManifest } from '../../../functions/model/read-current-manifest.ts';
import { serialiseManifest } from '../../../functions/model/serialise-manifest.ts';
import type { ShardStore } from '../../../functions/model/shard-store.ts';
import { fakeModel, mapStore } from './fake-model.ts';

const { manifest } = fakeModel();
const BYTES = serialiseManifest(manifest);
const REVISION = `sha256:${createHash('sha256').update(BYTES).digest('hex')}`;

function pointer(fields: object = {}): Uint8Array {
  const json = { format: 'edge-entail-pointer', version: 1, revision: REVISION, ...fields };
  return new TextEncoder().encode(JSON.stringify(json));
}

function read(store: ShardStore) {
  return readCurrentManifest(createBlobReader(store, systemClock, () => {}));
}

function bucket(changes: Readonly<Record<string, Uint8Array>> = {}): Map<string, Uint8Array> {
  const objects = { [POINTER_KEY]: pointer(), [manifestKey(REVISION)]: BYTES, ...changes };
  return new Map(Object.entries(objects));
}

test('readCurrentManifest() reads the pointer, and the manifest that it names', async () => {
  const log: string[] = [];
  const found = await read(mapStore(bucket(), log));
  assert.deepEqual(found, { manifest, bytes: BYTES, revision: REVISION });
  assert.deepEqual(log, [POINTER_KEY, manifestKey(REVISION)]);
});

test('readCurrentManifest() does not mind what a later version adds to the pointer', async () => {
  const found = await read(mapStore(bucket({ [POINTER_KEY]: pointer({ share: 0.1 }) })));
  assert.equal(found.revision, REVISION);
});

test('readCurrentManifest() refuses a manifest that is not the one it is called', async () => {
  const other = serialiseManifest({ ...manifest, name: 'another' });
  const log: string[] = [];
  const store = mapStore(bucket({ [manifestKey(REVISION)]: other }), log);
  await assert.rejects(read(store), { code: 'model_integrity', message: /its SHA-256 is/ });
  // A cache may have lain in front of the store: past it, it could have been right.
  assert.equal(log.length, 3);
});

test('readCurrentManifest() takes a manifest that is right the second time', async () => {
  let reads = 0;
  const found = await read({
    get(key) {
      reads += 1;
      return mapStore(bucket(reads === 2 ? { [key]: BYTES.slice(1) } : {})).get(key);
    },
  });
  assert.equal(found.revision, REVISION);
});

test('readCurrentManifest() refuses what is not a pointer, saying where', async () => {
  for (const [bytes, message] of [
    [new Uint8Array(), /not UTF-8 JSON/],
    [new TextEncoder().encode('[]'), /current-v\d\.json: it is not/],
    [pointer({ format: 'gguf' }), /: format is not/],
    [pointer({ version: 2 }), /: version is not/],
    [pointer({ revision: 'latest' }), /: revision is not/],
    [new Uint8Array(64 * 1024 + 1), /65537 bytes, at most 65536/],
  ] as const) {
    const store = mapStore(bucket({ [POINTER_KEY]: bytes }));
    await assert.rejects(read(store), { code: 'model_integrity', message });
  }
});

test('readCurrentManifest() says which of the two is missing', async () => {
  for (const key of [POINTER_KEY, manifestKey(REVISION)]) {
    const objects = bucket();
    objects.delete(key);
    await assert.rejects(read(mapStore(objects)), {
      code: 'model_missing',
      message: new RegExp(`no ${key}`),
    });
  }
});
