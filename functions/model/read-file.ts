import { EntailError } from '../lib/entail-error.ts';
import { forEachBounded } from '../lib/for-each-bounded.ts';
import type { BlobReader } from './blob-reader.ts';
import { shardKey } from './bucket-keys.ts';
import type { ModelFile, Shard } from './manifest.ts';
import { readNamedBlob } from './read-named-blob.ts';

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

async function readShard(
  { sha256, bytes }: Shard,
  place: Uint8Array<ArrayBuffer>,
  readBlob: BlobReader,
): Promise<void> {
  const key = shardKey(sha256);
  await readNamedBlob(
    { key, sha256 },
    (size) => {
      if (size === bytes) return place;
      throw new EntailError(
        'model_integrity',
        `cannot use ${key}: ${size} bytes, expected ${bytes}`,
      );
    },
    readBlob,
  );
}
