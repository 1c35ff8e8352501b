import type { BucketPointer, BucketVersion } from './bucket-pointer.ts';

/**
 * The pointer after a version has become current; the one that was before it is remembered as the previous one.
 *
 * @param pointer null where the bucket holds nothing yet.
 * @param version One that is listed already, or a new one.
 * @returns The very same pointer when that version is current already.
 */
export function switchPointer(
  pointer: BucketPointer | null,
  version: BucketVersion,
  now: Date,
): BucketPointer {
  const { revision } = version;
  if (pointer?.revision === revision) return pointer;
  const leaving = (pointer?.versions ?? []).map((known) =>
    known.revision === pointer?.revision ? { ...known, left_at: now.toISOString() } : known,
  );
  const known = leaving.find((other) => other.revision === revision) ?? version;
  const others = leaving.filter((other) => other.revision !== revision);
  return {
    revision,
    previous: pointer?.revision ?? null,
    versions: [...others, { ...known, left_at: null }],
  };
}
