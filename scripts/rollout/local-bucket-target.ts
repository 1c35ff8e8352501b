import { join } from 'node:path';
import { Miniflare } from 'miniflare';
import { repositoryFolder } from '../lib/repository-folder.ts';
import type { BucketTarget } from './bucket-target.ts';
import { r2BucketTarget } from './r2-bucket-target.ts';

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
  const target = r2BucketTarget(await miniflare.getR2Bucket('BUCKET'), `${bucketName} (local)`);
  return { ...target, close: () => miniflare.dispose() };
}
