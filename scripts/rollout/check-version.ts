import { manifestKey } from '../../functions/model/bucket-keys.ts';
import { blobKeys } from './blob-keys.ts';
import type { BucketTarget } from './bucket-target.ts';
import { sha256 } from './sha256.ts';

/**
 * Reads a version's manifest and every shard it names, and compares each with its name.
 *
 * @param revision `sha256:` and the hash of the manifest's bytes.
 * @param onProgress Objects read, and how many there are.
 * @throws {Error} Something is missing or damaged.
 */
export async function checkVersion(
  target: BucketTarget,
  revision: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<void> {
  const manifest = await readIntact(target, manifestKey(revision));
  const keys = [...blobKeys(manifest)];
  for (const [done, key] of keys.entries()) {
    onProgress(done + 1, keys.length + 1);
    await readIntact(target, key);
  }
  onProgress(keys.length + 1, keys.length + 1);
}

/** Keys here are a hash and three or four letters. */
async function readIntact(target: BucketTarget, key: string): Promise<Uint8Array> {
  const bytes = await target.read(key);
  const found = bytes === null ? 'it is missing' : `its SHA-256 is ${sha256(bytes)}`;
  if (bytes !== null && key.startsWith(`${sha256(bytes)}.`)) return bytes;
  throw new Error(
    `cannot use ${key} in ${target.name}: ${found}. Bring that version there again with \`npm run model:push\`.`,
  );
}
