import type { LocalBucket } from '../lib/local-worker.ts';
import type { BucketTarget } from './bucket-target.ts';

/** Makes a bucket of the local R2 one that models are pushed to. */
export function r2BucketTarget(bucket: LocalBucket, name: string): BucketTarget {
  return {
    name,
    async read(key) {
      const object = await bucket.get(key);
      return object === null ? null : new Uint8Array(await object.arrayBuffer());
    },
    async write(key, bytes) {
      // Miniflare's proxy wants an ArrayBuffer of exactly the bytes.
      await bucket.put(key, Uint8Array.from(bytes).buffer);
    },
    remove: (key) => bucket.delete(key),
    close: async () => {},
  };
}
