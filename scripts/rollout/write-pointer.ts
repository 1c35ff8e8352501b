import { POINTER_KEY } from '../../functions/model/bucket-keys.ts';
import { type BucketPointer, serialisePointer } from './bucket-pointer.ts';
import type { BucketTarget } from './bucket-target.ts';
import { putChecked } from './put-checked.ts';
import { readPointer } from './read-pointer.ts';

/**
 * Puts a new pointer in the place of the one it was made from.
 *
 * @param before As it was read; null where there was none.
 * @throws {Error} Somebody else has changed it meanwhile, or the bucket gives other bytes back.
 */
export async function writePointer(
  target: BucketTarget,
  before: BucketPointer | null,
  after: BucketPointer,
): Promise<'sent' | 'kept'> {
  const bytes = serialisePointer(after);
  const now = await readPointer(target);
  if (JSON.stringify(now) !== JSON.stringify(before)) {
    throw new Error(
      `cannot switch ${target.name}: ${POINTER_KEY} was changed meanwhile, by somebody else. ` +
        'See `npm run model:list`, and run the command again.',
    );
  }
  return await putChecked(target, POINTER_KEY, bytes);
}
