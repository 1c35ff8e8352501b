import { defaultModelFolder } from '../../../scripts/lib/default-model-folder.ts';
import { readModelFolder } from '../../../scripts/lib/model-folder.ts';
import { pushModel } from '../../../scripts/rollout/push-model.ts';
import { otherVersion } from '../../workerd/other-version.ts';
import { type MemoryBucket, memoryBucket } from './memory-bucket.ts';

/** Where a version comes from, what it is called, and the shard that no other has. */
export interface SomeVersion {
  readonly folder: string;
  readonly revision: string;
  readonly shard: string;
}

const { manifest, revision } = await readModelFolder(defaultModelFolder);
const [embeddings] = manifest.files.embeddings.shards;
const second = await otherVersion(defaultModelFolder);
const third = await otherVersion(defaultModelFolder, (row) => row.fill(3));

/** Three versions that share all shards but one. */
export const VERSIONS: readonly [SomeVersion, SomeVersion, SomeVersion] = [
  { folder: defaultModelFolder, revision, shard: `${embeddings?.sha256}.bin` },
  { ...second, revision: (await readModelFolder(second.folder)).revision },
  { ...third, revision: (await readModelFolder(third.folder)).revision },
];

/** A bucket to which all three were pushed, in their order. */
export async function bucketOfThree(): Promise<MemoryBucket> {
  const bucket = memoryBucket();
  for (const { folder } of VERSIONS) await pushModel(folder, bucket.target);
  bucket.written.length = 0;
  return bucket;
}
