import assert from 'node:assert/strict';
import { manifestKey, POINTER_KEY } from '../../functions/model/bucket-keys.ts';
import type { LocalBucket } from '../../scripts/lib/local-worker.ts';
import { parsePointer } from '../../scripts/rollout/bucket-pointer.ts';
import { seedObjects } from '../../scripts/rollout/seed-objects.ts';
import { sha256 } from '../../scripts/rollout/sha256.ts';

/** What a bucket holds: bytes by key, the pointer last. */
export type ModelBlobs = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** Reads what a bucket with this one model holds into memory, to tamper with. */
export function readModelBlobs(folder: string): Promise<ModelBlobs> {
  return seedObjects(folder);
}

/** Puts blobs into a bucket, in their order; what else it holds stays. */
export async function putBlobs(bucket: LocalBucket, blobs: ModelBlobs): Promise<void> {
  // Miniflare's proxy wants an ArrayBuffer of exactly the bytes.
  for (const [key, bytes] of blobs) await bucket.put(key, Uint8Array.from(bytes).buffer);
}

/** Key and bytes of the manifest that the pointer names. */
export function currentManifest(blobs: ModelBlobs): {
  readonly key: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
} {
  const { revision } = parsePointer(blobs.get(POINTER_KEY) ?? assert.fail('no pointer'));
  const key = manifestKey(revision);
  return { key, bytes: blobs.get(key) ?? assert.fail('no manifest') };
}

/** The same with another manifest, under its own revision and with the pointer at it. */
export function withManifest(blobs: ModelBlobs, text: string): ModelBlobs {
  const bytes = new TextEncoder().encode(text);
  const { key } = currentManifest(blobs);
  const revision = sha256(bytes);
  const pointer = new TextDecoder().decode(blobs.get(POINTER_KEY));
  const changed = new TextEncoder().encode(pointer.replaceAll(key.replace('.json', ''), revision));
  const others = [...blobs].filter(([other]) => other !== key && other !== POINTER_KEY);
  return new Map([...others, [manifestKey(revision), bytes], [POINTER_KEY, changed]]);
}
