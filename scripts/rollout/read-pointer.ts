import { POINTER_KEY } from '../../functions/model/bucket-keys.ts';
import { type BucketPointer, parsePointer } from './bucket-pointer.ts';
import type { BucketTarget } from './bucket-target.ts';

/** Reads which versions a bucket holds; null where no model was ever pushed. */
export async function readPointer(target: BucketTarget): Promise<BucketPointer | null> {
  const bytes = await target.read(POINTER_KEY);
  return bytes === null ? null : parsePointer(bytes);
}

/**
 * The same where there must be one.
 *
 * @throws {Error} No model was ever pushed.
 */
export async function readPointerOrRefuse(target: BucketTarget): Promise<BucketPointer> {
  const pointer = await readPointer(target);
  if (pointer !== null) return pointer;
  throw new Error(
    `${target.name} holds no model: it has no ${POINTER_KEY}. Bring one there with \`npm run model:push\`.`,
  );
}
