import { MANIFEST_VERSION } from './manifest-schema.ts';

/**
 * Where a bucket says which of its models is current, the one object that ever changes. Each version of the shard format
 * has its own, so that two versions of the Worker that read different formats can share a bucket.
 */
export const POINTER_KEY = pointerKey(MANIFEST_VERSION);

/** The pointer that Workers of some version of the shard format read. */
export function pointerKey(formatVersion: number): string {
  return `current-v${formatVersion}.json`;
}

/**
 * Where a version's manifest lies.
 *
 * @param revision `sha256:` and the hash of the manifest's bytes.
 */
export function manifestKey(revision: string): string {
  return `${revision.replace('sha256:', '')}.json`;
}

/**
 * Where a shard lies.
 *
 * @param sha256 Of its bytes, lower-case hex.
 */
export function shardKey(sha256: string): string {
  return `${sha256}.bin`;
}
