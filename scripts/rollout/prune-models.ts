import { manifestKey, pointerKey } from '../../functions/model/bucket-keys.ts';
import { MANIFEST_VERSION } from '../../functions/model/manifest-schema.ts';
import { blobKeys } from './blob-keys.ts';
import type { BucketVersion } from './bucket-pointer.ts';
import type { BucketTarget } from './bucket-target.ts';
import { type KeepReason, keepReason } from './keep-reason.ts';
import { readPointerOrRefuse } from './read-pointer.ts';
import { writePointer } from './write-pointer.ts';

/** The first version of the shard format that had a pointer. */
const FIRST_POINTER = 4;

/** What is known of who still needs what. */
export interface PruneRequest {
  /** Revisions that an endpoint was seen to answer with. */
  readonly running: ReadonlySet<string>;
  readonly now: Date;
}

/** What a pruning came to. */
export interface Pruning {
  readonly kept: readonly { readonly version: BucketVersion; readonly reason: KeepReason }[];
  readonly removed: readonly BucketVersion[];
  /** Keys of what is gone. */
  readonly objects: readonly string[];
}

/**
 * Removes versions that nothing needs any more, and the shards that no other version shares. The pointer is written
 * last: a pruning that was interrupted is finished by the next one.
 *
 * @throws {Error} The manifest of a version that stays cannot be read: its shards would not be known.
 */
export async function pruneModels(target: BucketTarget, request: PruneRequest): Promise<Pruning> {
  const pointer = await readPointerOrRefuse(target);
  const kept: { version: BucketVersion; reason: KeepReason }[] = [];
  const removed: BucketVersion[] = [];
  for (const version of pointer.versions) {
    const reason = keepReason(version, pointer, request);
    if (reason === null) removed.push(version);
    else kept.push({ version, reason });
  }
  if (removed.length === 0) return { kept, removed, objects: [] };
  const needed = await neededKeys(
    target,
    kept.map(({ version }) => version.revision),
  );
  const objects = new Set<string>();
  for (const { revision } of removed) {
    const manifest = await target.read(manifestKey(revision));
    // Without its manifest an earlier pruning got that far.
    if (manifest === null) continue;
    const keys = [...blobKeys(manifest), manifestKey(revision)].filter((key) => !needed.has(key));
    for (const key of keys) {
      await target.remove(key);
      objects.add(key);
    }
  }
  const versions = kept.map(({ version }) => version);
  await writePointer(target, pointer, { ...pointer, versions });
  return { kept, removed, objects: [...objects] };
}

/** Keys of all that the versions that stay consist of, and those that other versions of the format point to. */
async function neededKeys(
  target: BucketTarget,
  revisions: readonly string[],
): Promise<ReadonlySet<string>> {
  const manifests = new Set(revisions.map(manifestKey));
  // While a new format is rolled out, its Workers share the bucket already.
  for (let format = FIRST_POINTER; format <= MANIFEST_VERSION + 1; format += 1) {
    if (format === MANIFEST_VERSION) continue;
    const other = await target.read(pointerKey(format));
    for (const key of other === null ? [] : blobKeys(other)) {
      manifests.add(key.replace('.bin', '.json'));
    }
  }
  const needed = new Set(manifests);
  for (const key of manifests) {
    const manifest = await target.read(key);
    if (manifest === null) {
      throw new Error(
        `cannot prune ${target.name}: ${key}, the manifest of a version that stays, is missing. Push that version again.`,
      );
    }
    for (const shard of blobKeys(manifest)) needed.add(shard);
  }
  return needed;
}
