import { join } from 'node:path';
import { Miniflare } from 'miniflare';
import { repositoryFolder } from '../lib/repository-folder.ts';
import type { BucketTarget } from './bucket-target.ts';

/** Where `wrangler dev` keeps its buckets. */
const WRANGLER_STATE = join(repositoryFolder, '.wrangler/state');

/**
 * Opens a bucket of this machine, the one that `wrangler dev` shows the Worker.
 *
 * @param bucketName As in `wrangler.toml`.
 * @param stateFolder As wrangler's `--persist-to`.
 */
export async function openLocalBucket(
  bucketName: string,
  stateFolder: string = WRANGLER_STATE,
): Promise<BucketTarget> {
  const miniflare = new Miniflare({
    modules: true,
    script: 'export default {}',
    cf: false,
    r2Buckets: { BUCKET: bucketName },
    r2Persist: join(stateFolder, 'v3/r2'),
  });
  const bucket = await miniflare.getR2Bucket('BUCKET');
  return {
    name: `${bucketName} (local)`,
    async read(key) {
      const object = await bucket.get(key);
      return object === null ? null : new Uint8Array(await object.arrayBuffer());
    },
    async write(key, bytes) {
      // Miniflare's proxy wants an ArrayBuffer of exactly the bytes.
      await bucket.put(key, Uint8Array.from(bytes).buffer);
    },
    remove: (key) => bucket.delete(key),
    close: () => miniflare.dispose(),
  };
}
