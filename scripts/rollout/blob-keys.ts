import { shardKey } from '../../functions/model/bucket-keys.ts';

/**
 * The shards that a manifest or a pointer names, and perhaps more: whatever looks like a SHA-256 counts, so that this
 * also holds for formats that this version does not read.
 */
export function blobKeys(bytes: Uint8Array): ReadonlySet<string> {
  const hashes = new TextDecoder().decode(bytes).match(/[0-9a-f]{64}/g) ?? [];
  return new Set(hashes.map(shardKey));
}
