import type { Clock } from '../lib/clock.ts';
import { EntailError } from '../lib/entail-error.ts';
import { createBlobReader } from '../model/blob-reader.ts';
import type { Manifest } from '../model/manifest.ts';
import type { ManifestReader, RevisedManifest } from '../model/read-manifest.ts';
import type { ShardStore, StoredBlob } from '../model/shard-store.ts';

/** A model as it lies in storage, for those who run it elsewhere: nothing of it is loaded. */
export interface StoredModel {
  /**
   * Reads the manifest, and checks that it is one.
   *
   * @throws {EntailError} `model_missing`, `model_integrity` or `storage_unavailable`.
   */
  manifest(): Promise<RevisedManifest>;
  /**
   * Opens one of its shards; who reads it checks it.
   *
   * @returns null when the manifest names no such shard, whatever else lies in the bucket.
   * @throws {EntailError} likewise.
   */
  openShard(sha256: string): Promise<StoredBlob | null>;
}

/** Looks at a store; the manifest is found anew each time, as another can become current at any. */
export function createStoredModel(
  store: ShardStore,
  readManifest: ManifestReader,
  clock: Clock,
): StoredModel {
  const readBlob = createBlobReader(store, clock, () => {});
  const manifest = () => readManifest(readBlob);
  return {
    manifest,
    async openShard(sha256) {
      if (!names((await manifest()).manifest, sha256)) return null;
      const key = `${sha256}.bin`;
      const blob = await store.get(key).catch((cause: unknown) => {
        throw new EntailError('storage_unavailable', `cannot open ${key} in storage`, { cause });
      });
      if (blob === null)
        throw new EntailError('model_missing', `cannot send ${key}: not in storage`);
      return blob;
    },
  };
}

function names({ files }: Manifest, sha256: string): boolean {
  return Object.values(files).some((file) => file?.shards.some((it) => it.sha256 === sha256));
}
