import type { BucketPointer, BucketVersion } from './bucket-pointer.ts';
import type { BucketTarget } from './bucket-target.ts';
import { checkVersion } from './check-version.ts';
import { readPointerOrRefuse } from './read-pointer.ts';
import { switchPointer } from './switch-pointer.ts';
import { writePointer } from './write-pointer.ts';

/** What a way back came to. */
export interface RollBack {
  readonly from: BucketVersion;
  readonly to: BucketVersion;
}

/**
 * Makes an older version current again, once all of it has been read and found intact. Done twice it is undone.
 *
 * @param wanted The beginning of a revision, with or without `sha256:`; null: the version before the current one.
 * @throws {Error} There is no such version, it is current already, or some of it is missing or damaged.
 */
export async function rollBack(
  target: BucketTarget,
  wanted: string | null,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<RollBack> {
  const pointer = await readPointerOrRefuse(target);
  const to = find(pointer, wanted ?? pointer.previous, target.name);
  const from = find(pointer, pointer.revision, target.name);
  if (to === from) throw new Error(`${target.name} is at ${to.revision} already`);
  await checkVersion(target, to.revision, onProgress);
  await writePointer(target, pointer, switchPointer(pointer, to, new Date()));
  return { from, to };
}

function find(pointer: BucketPointer, wanted: string | null, bucket: string): BucketVersion {
  if (wanted === null) {
    throw new Error(`cannot go back in ${bucket}: no version was current before this one`);
  }
  const start = wanted.startsWith('sha256:') ? wanted : `sha256:${wanted}`;
  const found = pointer.versions.filter(({ revision }) => revision.startsWith(start));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const listed = 'See `npm run model:list`.';
  throw new Error(
    `cannot find one version ${wanted} in ${bucket}: ${found.length} revisions begin so. ${listed}`,
  );
}
