import { POINTER_KEY } from './bucket-keys.ts';
import type { ShardStore, StoredBlob } from './shard-store.ts';

/** The part of the platform's Cache that is used. */
export interface BlobCache {
  match(url: string): Promise<Response | undefined>;
  put(url: string, response: Response): Promise<void>;
}

/** A store with a cache in front of it, for one load. */
export interface CachedStore extends ShardStore {
  /**
   * Puts into the cache what it did not have. To be called after the load: a body that went two ways at once would
   * wait in memory for the slower one, so each blob is opened again and passed on without being looked at.
   */
  keep(): Promise<void>;
}

/** No host of this name exists: entries are found by it alone, in this zone's cache. */
const ORIGIN = 'https://shards.edge-entail.invalid/';
/** The blob's size; a length of the transfer is not kept by every cache. */
const SIZE = 'X-Blob-Bytes';
const HEADERS = { 'Cache-Control': 'public, max-age=31536000, immutable' };

/**
 * Looks for blobs in the platform's cache first. Who reads them checks their hash; a key that is asked for again in the
 * same load was no good, and comes from the store. The pointer, which can change, always does.
 */
export function createCachedStore(store: ShardStore, cache: BlobCache): CachedStore {
  const asked = new Set<string>();
  const missed = new Set<string>();

  async function find(key: string): Promise<StoredBlob | null> {
    if (key === POINTER_KEY || asked.has(key)) return null;
    asked.add(key);
    const found = await cache.match(urlOf(key)).catch(() => undefined);
    const size = found?.headers.get(SIZE) ?? null;
    return found?.body && size !== null ? { size: Number(size), body: found.body } : null;
  }

  return {
    async get(key) {
      const found = await find(key);
      if (found !== null) return found;
      if (asked.has(key)) missed.add(key);
      return await store.get(key);
    },
    async keep() {
      if (missed.size === 0 || !(await keepsAnything(cache))) return;
      for (const key of missed) {
        const blob = await store.get(key);
        // R2's streams are the platform's own, which its types do not say.
        if (blob === null || !(blob.body instanceof ReadableStream)) return;
        const headers = { ...HEADERS, [SIZE]: `${blob.size}` };
        await cache.put(urlOf(key), new Response(blob.body, { headers }));
      }
    },
  };
}

/** On workers.dev the cache takes everything and keeps nothing: not worth a read of the store. */
async function keepsAnything(cache: BlobCache): Promise<boolean> {
  await cache.put(urlOf('probe'), new Response('kept', { headers: HEADERS }));
  return (await cache.match(urlOf('probe'))) !== undefined;
}

function urlOf(key: string): string {
  return `${ORIGIN}${key}`;
}
