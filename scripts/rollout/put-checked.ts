import type { BucketTarget } from './bucket-target.ts';
import { sha256 } from './sha256.ts';

/**
 * Puts an object into a bucket and reads it back.
 *
 * @returns `kept`: the very bytes lay there already.
 * @throws {Error} The bucket gives other bytes back.
 */
export async function putChecked(
  target: BucketTarget,
  key: string,
  bytes: Uint8Array,
): Promise<'sent' | 'kept'> {
  const expected = sha256(bytes);
  const there = await target.read(key);
  if (there !== null && sha256(there) === expected) return 'kept';
  await target.write(key, bytes);
  const back = await target.read(key);
  if (back !== null && sha256(back) === expected) return 'sent';
  const found = back === null ? 'nothing' : `${back.length} bytes of SHA-256 ${sha256(back)}`;
  throw new Error(
    `cannot put ${key} into ${target.name}: it gives back ${found}, expected ${expected}`,
  );
}
