import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { systemClock } from '../../../functions/lib/clock.ts';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { createBlobReader } from '../../../functions/model/blob-reader.ts';
import { readFile } from '../../../functions/model/read-file.ts';
import type { ShardStore } from '../../../functions/model/shard-store.ts';
import { fakeModel, mapStore } from './fake-model.ts';

const NAME = 'vision.weights';

function read(store: ShardStore): Promise<Uint8Array<ArrayBuffer>> {
  const reader = createBlobReader(store, systemClock, () => {});
  return readFile(fakeModel().manifest.files[NAME], reader);
}

/** A copy of the fake model's blobs with one of the file's shards changed. */
function withShard(change: (bytes: Uint8Array) => Uint8Array | null): Map<string, Uint8Array> {
  const { manifest, blobs } = fakeModel();
  const key = `${manifest.files[NAME].shards[3]?.sha256}.bin`;
  const changed = change(blobs.get(key) ?? assert.fail('no such shard'));
  if (changed === null) blobs.delete(key);
  else blobs.set(key, changed);
  return blobs;
}

test('readFile() puts the shards together in order, in a buffer of exactly the file', async () => {
  const { manifest, blobs } = fakeModel();
  const bytes = await read(mapStore(blobs));
  const expected = manifest.files[NAME].shards.flatMap(({ sha256 }) => [
    ...(blobs.get(`${sha256}.bin`) ?? []),
  ]);
  assert.deepEqual([...bytes], expected);
  assert.equal(bytes.buffer.byteLength, manifest.files[NAME].bytes);
});

test('readFile() asks for each shard once', async () => {
  const log: string[] = [];
  await read(mapStore(fakeModel().blobs, log));
  assert.equal(log.length, 10);
  assert.equal(new Set(log).size, 10);
});

test('readFile() has six requests under way at most', async () => {
  const { blobs } = fakeModel();
  const inner = mapStore(blobs);
  let underWay = 0;
  let most = 0;
  await read({
    async get(key) {
      underWay += 1;
      most = Math.max(most, underWay);
      await setTimeout(2);
      underWay -= 1;
      return inner.get(key);
    },
  });
  assert.equal(most, 6);
});

test('readFile() refuses a shard with any one bit flipped', async () => {
  for (const bit of [0, 1, 4003, 7999]) {
    const blobs = withShard((bytes) => {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return flipped;
    });
    await assert.rejects(read(mapStore(blobs)), { code: 'model_integrity', message: /SHA-256/ });
  }
});

test('readFile() refuses a shard that is short, long, empty or another', async () => {
  const other = Uint8Array.from({ length: 1000 }, (_, i) => i % 5);
  for (const change of [
    (bytes: Uint8Array) => bytes.slice(0, -1),
    (bytes: Uint8Array) => new Uint8Array([...bytes, 0]),
    () => new Uint8Array(0),
    () => other,
  ]) {
    await assert.rejects(read(mapStore(withShard(change))), { code: 'model_integrity' });
  }
});

test('readFile() refuses a body shorter than the size it came with', async () => {
  const inner = mapStore(withShard((bytes) => bytes.slice(0, -1)));
  const store: ShardStore = {
    async get(key) {
      const blob = await inner.get(key);
      return blob === null ? null : { size: Math.max(blob.size, 1000), body: blob.body };
    },
  };
  await assert.rejects(read(store), { code: 'model_integrity' });
});

test('readFile() says which shard is missing', async () => {
  await assert.rejects(read(mapStore(withShard(() => null))), {
    code: 'model_missing',
    message: /no [0-9a-f]{64}\.bin in storage/,
  });
});

test('readFile() ends when it is told to', async () => {
  const { manifest, blobs } = fakeModel();
  const log: string[] = [];
  const reader = createBlobReader(mapStore(blobs, log), systemClock, () => {
    throw new EntailError('model_loading', 'taken over');
  });
  await assert.rejects(readFile(manifest.files[NAME], reader), { message: 'taken over' });
  assert.ok(log.length < 10);
});
