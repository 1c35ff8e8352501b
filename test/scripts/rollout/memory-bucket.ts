import type { BucketTarget } from '../../../scripts/rollout/bucket-target.ts';

/** A bucket in memory that writes down what is done to it, in order. */
export interface MemoryBucket {
  readonly objects: Map<string, Uint8Array>;
  /** Keys that were written, and removed. */
  readonly written: string[];
  readonly removed: string[];
  readonly target: BucketTarget;
}

/** @param change What becomes of bytes on their way in. */
export function memoryBucket(
  change: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): MemoryBucket {
  const objects = new Map<string, Uint8Array>();
  const written: string[] = [];
  const removed: string[] = [];
  const target: BucketTarget = {
    name: 'memory',
    read: async (key) => objects.get(key) ?? null,
    async write(key, bytes) {
      written.push(key);
      objects.set(key, change(Uint8Array.from(bytes)));
    },
    async remove(key) {
      removed.push(key);
      objects.delete(key);
    },
    close: async () => {},
  };
  return { objects, written, removed, target };
}
