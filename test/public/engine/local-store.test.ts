import assert from 'node:assert/strict';
import test from 'node:test';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import type { StoredBlob } from '../../../functions/model/shard-store.ts';
import { createDownload } from '../../../public/engine/download.ts';
import type { FetchModelFile } from '../../../public/engine/endpoint-files.ts';
import { createLocalStore, type ShardCache } from '../../../public/engine/local-store.ts';
import { fakeModel } from '../../functions/model/fake-model.ts';

const { manifest, blobs } = fakeModel();
const [shard = assert.fail('no shard')] = manifest.files.embeddings.shards;
const KEY = `${shard.sha256}.bin`;

/** A cache that keeps everything. */
function mapCache(): ShardCache & { readonly entries: Map<string, Uint8Array> } {
  const entries = new Map<string, Uint8Array>();
  return {
    entries,
    async match(url) {
      const found = entries.get(url);
      return found && new Response(Uint8Array.from(found));
    },
    async put(url, response) {
      entries.set(url, new Uint8Array(await response.arrayBuffer()));
    },
    keys: async () => [...entries.keys()].map((url) => new Request(url)),
    delete: async ({ url }) => entries.delete(url),
  };
}

function localStore(cache: ShardCache | null, fetchFile?: FetchModelFile) {
  const asked: string[] = [];
  const shown: number[] = [];
  const fromBlobs: FetchModelFile = async (path, caching) => {
    asked.push(`${path} ${caching}`);
    const key = path === 'manifest' ? 'manifest.json' : `${path.replace('blobs/', '')}.bin`;
    const bytes = blobs.get(key);
    return bytes === undefined ? null : new Response(Uint8Array.from(bytes));
  };
  const download = createDownload(({ done }) => shown.push(done));
  const store = createLocalStore({
    fetchFile: fetchFile ?? fromBlobs,
    cache,
    download,
    onManifest: () => download.expect(KEY, shard.bytes),
  });
  return { store, asked, shown };
}

async function bytesOf(blob: StoredBlob | null): Promise<Uint8Array> {
  const reader = (blob ?? assert.fail('no blob')).body.getReader();
  const pieces: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done || value === undefined) return new Uint8Array(Buffer.concat(pieces));
    pieces.push(value);
  }
}

test('createLocalStore() fetches once what the cache keeps, and knows sizes from the manifest', async () => {
  const cache = mapCache();
  for (const expected of [[`blobs/${shard.sha256} no-store`], []]) {
    const { store, asked, shown } = localStore(cache);
    assert.deepEqual(await bytesOf(await store.get('manifest.json')), blobs.get('manifest.json'));
    const blob = await store.get(KEY);
    assert.equal(blob?.size, shard.bytes);
    assert.deepEqual(await bytesOf(blob), blobs.get(KEY));
    await store.tidy();
    assert.deepEqual(asked, ['manifest no-cache', ...expected]);
    assert.equal(shown.at(-1), shard.bytes);
  }
  assert.deepEqual([...cache.entries.values()], [blobs.get(KEY)]);
});

test('createLocalStore() goes past all caches for a key that is asked for again, and replaces it', async () => {
  const cache = mapCache();
  await bytesOf(await localStore(cache).store.get(KEY));
  for (const url of cache.entries.keys()) cache.entries.set(url, new Uint8Array([1, 2]));
  const { store, asked } = localStore(cache);
  assert.deepEqual(await bytesOf(await store.get(KEY)), new Uint8Array([1, 2]));
  assert.deepEqual(await bytesOf(await store.get(KEY)), blobs.get(KEY));
  await store.tidy();
  assert.deepEqual(asked, [`blobs/${shard.sha256} reload`]);
  assert.deepEqual([...cache.entries.values()], [blobs.get(KEY)]);
});

test('createLocalStore() lets go of what this load did not ask for', async () => {
  const cache = mapCache();
  await cache.put('https://shards.edge-entail.invalid/old.bin', new Response('old'));
  const { store } = localStore(cache);
  await bytesOf(await store.get(KEY));
  await store.tidy();
  assert.equal(cache.entries.size, 1);
});

test('createLocalStore() does without a cache, or with one that fails', async () => {
  const full = new DOMException('full', 'QuotaExceededError');
  const broken: ShardCache = {
    match: () => Promise.reject(full),
    put: () => Promise.reject(full),
    keys: async () => [],
    delete: async () => false,
  };
  for (const [cache, caching] of [
    [null, 'default'],
    [broken, 'no-store'],
  ] as const) {
    const { store, asked } = localStore(cache);
    assert.deepEqual(await bytesOf(await store.get(KEY)), blobs.get(KEY));
    await store.tidy();
    assert.deepEqual(asked, [`blobs/${shard.sha256} ${caching}`]);
  }
});

test('createLocalStore() gives null for what the endpoint has not, and refuses what is no manifest', async () => {
  const { store } = localStore(null);
  assert.equal(await store.get(`${'0'.repeat(64)}.bin`), null);
  const nothing = localStore(null, async () => null);
  assert.equal(await nothing.store.get('manifest.json'), null);
  const other = localStore(null, async () => new Response('{}'));
  await assert.rejects(other.store.get('manifest.json'), { code: 'model_integrity' });
});

test('createLocalStore() makes a broken connection a fault of the storage, which is tried again', async () => {
  const breaking = async () =>
    new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(new Uint8Array(5)),
        pull: (controller) => controller.error(new TypeError('network error')),
      }),
    );
  const { store } = localStore(mapCache(), breaking);
  const blob = await store.get(KEY);
  await assert.rejects(bytesOf(blob), (error) => {
    assert.ok(error instanceof EntailError);
    return error.code === 'storage_unavailable';
  });
  await store.tidy();
});
