import type { ModelFolder } from '../lib/model-folder.ts';
import type { BucketVersion } from './bucket-pointer.ts';

/** What a bucket's pointer says of a model that is brought there now. */
export function versionOf({ manifest, revision, shards }: ModelFolder, now: Date): BucketVersion {
  const { name, dtype } = manifest;
  const bytes = shards.reduce((sum, shard) => sum + shard.bytes, 0);
  return { revision, name, dtype, bytes, pushed_at: now.toISOString(), left_at: null };
}
