import { EntailError } from '../../functions/lib/entail-error.ts';
import { type Manifest, parseManifest } from '../../functions/model/manifest.ts';
import type { ByteStream, ShardStore, StoredBlob } from '../../functions/model/shard-store.ts';
import type { Download } from './download.ts';
import type { FetchModelFile } from './endpoint-files.ts';

/** The part of the browser's Cache that is used. */
export interface ShardCache {
  match(url: string): Promise<Response | undefined>;
  put(url: string, response: Response): Promise<void>;
  keys(): Promise<readonly Request[]>;
  delete(request: Request): Promise<boolean>;
}

/** The endpoint's model as a store, for one load. */
export interface LocalStore extends ShardStore {
  /** To be called after the load: settles when all is kept that came, and shards of other models are gone. */
  tidy(): Promise<void>;
}

/** What a local store is made of. */
export interface LocalStoreParts {
  readonly fetchFile: FetchModelFile;
  /** null where the browser keeps nothing. */
  readonly cache: ShardCache | null;
  readonly download: Download;
  /** Called with each manifest that comes. */
  readonly onManifest: (manifest: Manifest) => void;
}

/** No host of this name exists: entries are found by it alone. */
const ORIGIN = 'https://shards.edge-entail.invalid/';

/**
 * Looks for shards in the browser's cache, then at the endpoint. Who reads them checks their hash; a key that is asked
 * for again in the same load was no good: it is fetched past all caches, and replaced.
 */
export function createLocalStore({
  fetchFile,
  cache,
  download,
  onManifest,
}: LocalStoreParts): LocalStore {
  const sizes = new Map<string, number>();
  const asked = new Set<string>();
  const keeping: Promise<void>[] = [];

  async function openManifest(): Promise<StoredBlob | null> {
    const response = await fetchFile('manifest', 'no-cache');
    if (response === null) return null;
    const bytes = new Uint8Array(await response.arrayBuffer());
    const manifest = parseManifest(bytes);
    for (const { shards } of Object.values(manifest.files)) {
      for (const shard of shards) sizes.set(`${shard.sha256}.bin`, shard.bytes);
    }
    onManifest(manifest);
    return { size: bytes.length, body: new Blob([bytes]).stream() };
  }

  async function openShard(key: string): Promise<ReadableStream<Uint8Array> | null> {
    const url = `${ORIGIN}${key}`;
    const again = asked.has(key);
    asked.add(key);
    const found = again ? undefined : await cache?.match(url).catch(() => undefined);
    if (found?.body) return found.body;
    const firstCaching = cache === null ? 'default' : 'no-store';
    const path = `blobs/${key.replace(/\.bin$/, '')}`;
    const response = await fetchFile(path, again ? 'reload' : firstCaching);
    if (!response?.body) return null;
    if (cache === null) return response.body;
    const [own, kept] = response.body.tee();
    // A browser that is full, or does not want to, keeps nothing.
    keeping.push(cache.put(url, new Response(kept)).catch(() => {}));
    return own;
  }

  return {
    async get(key) {
      if (key === 'manifest.json') return openManifest();
      download.begin(key);
      const body = await openShard(key);
      if (body === null) return null;
      return {
        size: sizes.get(key) ?? 0,
        body: counted(body, (bytes) => download.add(key, bytes)),
      };
    },
    async tidy() {
      await Promise.all(keeping);
      for (const request of (await cache?.keys()) ?? []) {
        if (!asked.has(request.url.replace(ORIGIN, ''))) await cache?.delete(request);
      }
    },
  };
}

/** A stream whose bytes are counted, and whose failures are worth another try. */
function counted(body: ReadableStream<Uint8Array>, onBytes: (bytes: number) => void): ByteStream {
  return {
    getReader() {
      const reader = body.getReader();
      return {
        async read() {
          const { done, value } = await reader.read().catch((cause: unknown) => {
            throw new EntailError('storage_unavailable', 'the connection broke', { cause });
          });
          onBytes(value?.length ?? 0);
          return { done, value };
        },
        cancel: () => reader.cancel(),
      };
    },
  };
}
