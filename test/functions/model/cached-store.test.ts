import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../../functions/lib/clock.ts';
import { createBlobReader } from '../../../functions/model/blob-reader.ts';
import { POINTER_KEY } from '../../../functions/model/bucket-keys.ts';
import { type BlobCache, createCachedStore } from '../../../functions/model/cached-store.ts';
import { MAX_SILENCE_MS } from '../../../functions/model/patience.ts';
import { readFile } from '../../../functions/model/read-file.ts';
import { createFakeClock } from '../lib/fake-clock.ts';
import { fakeModel, inChunks } from './fake-model.ts';

const { manifest, blobs } = fakeModel();
const FILE = manifest.files['vision.weights'];
const KEYS = FILE.shards.map(({ sha256 }) => `${sha256}.bin`);

/** A cache over a map, by URL. */
function mapCache(entries: Map<string, Uint8Array<ArrayBuffer>>): BlobCache {
  return {
    async match(url) {
      const bytes = entries.get(url);
      return bytes && new Response(bytes, { headers: { 'X-Blob-Bytes': `${bytes.length}` } });
    },
    async put(url, response) {
      const size = response.headers.get('X-Blob-Bytes');
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (url.endsWith('.bin')) assert.equal(size, `${bytes.length}`);
      entries.set(url, bytes);
    },
  };
}

/** One isolate: reads a file of the model through the cache, then keeps what was missing. */
async function load(cache: BlobCache): Promise<{
  bytes: Uint8Array;
  asked: string[];
  kept: string[];
}> {
  const asked: string[] = [];
  const store = createCachedStore(
    {
      async get(key) {
        asked.push(key);
        const bytes = blobs.get(key);
        return bytes === undefined ? null : { size: bytes.length, body: inChunks(bytes, 300) };
      },
    },
    cache,
  );
  const bytes = await readFile(
    FILE,
    createBlobReader(store, systemClock, () => {}),
  );
  const read = asked.length;
  await store.keep();
  return { bytes, asked: asked.slice(0, read), kept: asked.slice(read) };
}

test('the first load asks the store, the next one finds all in the cache', async () => {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const first = await load(mapCache(entries));
  assert.deepEqual(first.asked.sort(), KEYS.toSorted());
  assert.equal(entries.size, KEYS.length + 1, 'shards, and a probe');
  const second = await load(mapCache(entries));
  assert.deepEqual(second.asked, []);
  assert.deepEqual(second.bytes, first.bytes);
});

test('an entry that is wrong costs one more read, and is replaced', async () => {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const { bytes } = await load(mapCache(entries));
  const [flipped, cut, empty] = KEYS.map((key) => `https://shards.edge-entail.invalid/${key}`);
  assert.ok(flipped !== undefined && cut !== undefined && empty !== undefined);
  entries.set(
    flipped,
    (entries.get(flipped) ?? assert.fail()).map((byte) => byte ^ 1),
  );
  entries.set(cut, (entries.get(cut) ?? assert.fail()).slice(1));
  entries.set(empty, new Uint8Array(0));
  const poisoned = await load(mapCache(entries));
  assert.deepEqual(poisoned.bytes, bytes);
  assert.equal(poisoned.asked.length, 3);
  assert.deepEqual((await load(mapCache(entries))).asked, []);
});

test('a cache that fails is one that has nothing', async () => {
  const { bytes } = await load(mapCache(new Map()));
  const broken: BlobCache = {
    match: () => Promise.reject(new Error('no cache')),
    put: async () => {},
  };
  await assert.rejects(load(broken), { message: 'no cache' });
  const store = createCachedStore(
    { get: async (key) => ({ size: 1000, body: inChunks(blobs.get(key) ?? assert.fail(), 300) }) },
    broken,
  );
  const [key] = KEYS;
  assert.equal((await store.get(key ?? ''))?.size, 1000);
  assert.ok(bytes.length > 0);
});

test('keep() reads nothing more where the cache keeps nothing', async () => {
  let puts = 0;
  const { kept } = await load({
    match: async () => undefined,
    async put(_, response) {
      puts += 1;
      await response.arrayBuffer();
    },
  });
  assert.equal(puts, 1);
  assert.deepEqual(kept, []);
});

test('the pointer never comes from the cache', async () => {
  const entries = new Map([
    [`https://shards.edge-entail.invalid/${POINTER_KEY}`, new Uint8Array(3)],
  ]);
  const store = createCachedStore(
    { get: async () => ({ size: 7, body: inChunks(new Uint8Array(7), 7) }) },
    mapCache(entries),
  );
  assert.equal((await store.get(POINTER_KEY))?.size, 7);
});

test('a cache that falls silent is passed by', async () => {
  const clock = createFakeClock();
  const silent: BlobCache = { match: () => new Promise(() => {}), put: async () => {} };
  const store = createCachedStore(
    {
      async get(key) {
        const bytes = blobs.get(key) ?? new Uint8Array();
        return { size: bytes.length, body: inChunks(bytes, 300) };
      },
    },
    silent,
  );
  const [key = ''] = KEYS;
  const reading = createBlobReader(store, clock, () => {})(key, (size) => new Uint8Array(size));
  await clock.advance(MAX_SILENCE_MS + 1_000);
  assert.deepEqual(await reading, blobs.get(key));
});
