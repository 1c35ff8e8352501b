import { readFile } from 'node:fs/promises';
import type { LocalBucket } from '../../scripts/lib/local-worker.ts';
import { readModelFolder } from '../../scripts/lib/model-folder.ts';

/** What a bucket holds: bytes by key, `manifest.json` and `<sha256>.bin`. */
export type ModelBlobs = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** Reads a model folder into memory, to tamper with. */
export async function readModelBlobs(folder: string): Promise<ModelBlobs> {
  const { manifestBytes, shards } = await readModelFolder(folder);
  const blobs = new Map([['manifest.json', manifestBytes]]);
  for (const { key, path } of shards) blobs.set(key, Uint8Array.from(await readFile(path)));
  return blobs;
}

/** Puts blobs into a bucket; what else it holds stays. */
export async function putBlobs(bucket: LocalBucket, blobs: ModelBlobs): Promise<void> {
  // Miniflare's proxy wants an ArrayBuffer of exactly the bytes.
  for (const [key, bytes] of blobs) await bucket.put(key, Uint8Array.from(bytes).buffer);
}
