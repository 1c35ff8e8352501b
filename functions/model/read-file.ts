import { EntailError } from '../lib/entail-error.ts';
import { forEachBounded } from '../lib/for-each-bounded.ts';
import { sha256Hex } from '../lib/sha256-hex.ts';
import type { BlobReader } from './blob-reader.ts';
import type { ModelFile, Shard } from './manifest.ts';

/** A Worker may have six connections waiting for their first byte. */
export const MAX_SHARDS_AT_ONCE = 6;

/**
 * Reads one of a model's files, each shard checked and written straight into its place.
 *
 * @param file What the manifest says of it.
 * @returns The file, alone in a buffer of exactly its size.
 * @throws {EntailError} `model_missing`, `model_integrity` or `storage_unavailable`.
 */
export async function readFile(
  file: ModelFile,
  readBlob: BlobReader,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(file.bytes);
  await forEachBounded(places(file), MAX_SHARDS_AT_ONCE, async ({ shard, offset }) => {
    await readShard(shard, bytes.subarray(offset, offset + shard.bytes), readBlob);
  });
  return bytes;
}

function* places(file: ModelFile): Generator<{ shard: Shard; offset: number }> {
  let offset = 0;
  for (const shard of file.shards) {
    yield { shard, offset };
    offset += shard.bytes;
  }
}

/** A shard that is wrong is read once more: the store may have a cache in front, and then goes past it. */
async function readShard(
  shard: Shard,
  place: Uint8Array<ArrayBuffer>,
  readBlob: BlobReader,
): Promise<void> {
  try {
    await readOnce(shard, place, readBlob);
  } catch (error) {
    if (!(error instanceof EntailError && error.code === 'model_integrity')) throw error;
    await readOnce(shard, place, readBlob);
  }
}

async function readOnce(
  shard: Shard,
  place: Uint8Array<ArrayBuffer>,
  readBlob: BlobReader,
): Promise<void> {
  const key = `${shard.sha256}.bin`;
  await readBlob(key, (size) => {
    if (size === shard.bytes) return place;
    throw new EntailError(
      'model_integrity',
      `cannot use shard ${key}: ${size} bytes, expected ${shard.bytes}`,
    );
  });
  const found = await sha256Hex(place);
  if (found !== shard.sha256) {
    throw new EntailError('model_integrity', `cannot use shard ${key}: its SHA-256 is ${found}`);
  }
}
