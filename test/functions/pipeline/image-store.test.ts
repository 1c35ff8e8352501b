import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createImageStore,
  type ResponseCache,
  type StoredImage,
} from '../../../functions/pipeline/image-store.ts';

const IMAGE: StoredImage = {
  format: 'jpeg',
  width: 640,
  height: 480,
  tokens: Float32Array.from({ length: 300 }, (_, i) => Math.sin(i) * 10 ** ((i % 9) - 4)),
};
const KEY = 'sha256:ab/kernels/cd';

/** A cache in memory; its entries are there to be tampered with. */
function memoryCache() {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const cache: ResponseCache = {
    async match(url) {
      const bytes = entries.get(url);
      return bytes && new Response(bytes);
    },
    async put(url, response) {
      entries.set(url, new Uint8Array(await response.arrayBuffer()));
    },
  };
  const kept: Promise<unknown>[] = [];
  const store = createImageStore(cache, (work) => void kept.push(work));
  async function put(key: string, image: StoredImage): Promise<string> {
    store.put(key, image);
    await Promise.all(kept.splice(0));
    return [...entries.keys()].at(-1) ?? '';
  }
  return { entries, store, put };
}

test('get() gives what put() was given, bit for bit, and nothing for another key', async () => {
  const { store, put } = memoryCache();
  await put(KEY, IMAGE);
  assert.deepEqual(await store.get(KEY), IMAGE);
  assert.equal(await store.get(`${KEY}e`), null);
});

test('get() takes no entry of another key for its own, wherever it lies', async () => {
  const { entries, store, put } = memoryCache();
  const url = await put(KEY, IMAGE);
  const other = await put('sha256:ab/onnxruntime/cd', { ...IMAGE, width: 1 });
  entries.set(url, entries.get(other) ?? new Uint8Array());
  assert.equal(await store.get(KEY), null);
  assert.deepEqual(await store.get('sha256:ab/onnxruntime/cd'), { ...IMAGE, width: 1 });
});

test('get() takes no entry with a byte changed, cut off or added', async () => {
  const { entries, store, put } = memoryCache();
  const url = await put(KEY, IMAGE);
  const whole = entries.get(url) ?? new Uint8Array();
  assert.ok(whole.length > 1200);
  for (let at = 0; at < whole.length; at++) {
    const changed = whole.slice();
    changed[at] = (whole[at] ?? 0) ^ (1 << (at % 8));
    entries.set(url, changed);
    assert.equal(await store.get(KEY), null, `byte ${at}`);
  }
  for (const length of [0, 1, 63, 64, 67, 68, 100, whole.length - 4, whole.length - 1]) {
    entries.set(url, whole.slice(0, length));
    assert.equal(await store.get(KEY), null, `${length} bytes`);
  }
  entries.set(url, Uint8Array.from([...whole, 0, 0, 0, 0]));
  assert.equal(await store.get(KEY), null);
  entries.set(url, whole);
  assert.deepEqual(await store.get(KEY), IMAGE);
});

test('a cache that fails is one that has nothing', async () => {
  const failure = new Error('no cache today');
  const kept: Promise<unknown>[] = [];
  const store = createImageStore(
    { match: () => Promise.reject(failure), put: () => Promise.reject(failure) },
    (work) => void kept.push(work),
  );
  store.put(KEY, IMAGE);
  await Promise.all(kept);
  assert.equal(kept.length, 1);
  assert.equal(await store.get(KEY), null);
});
