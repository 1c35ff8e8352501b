import type { BucketPointer, BucketVersion } from './bucket-pointer.ts';

/** An isolate that loaded a version goes on answering with it, and hands its shards to browsers, for hours at most. */
export const KEEP_AFTER_LEAVING_MS = 24 * 60 * 60 * 1000;

/** Why a version stays. */
export type KeepReason = 'current' | 'previous' | 'running' | 'left less than a day ago';

/**
 * Says why a version must stay in its bucket.
 *
 * @param running Revisions that an endpoint was seen to answer with.
 * @returns null when nothing needs it any more.
 */
export function keepReason(
  { revision, left_at: leftAt }: BucketVersion,
  pointer: BucketPointer,
  { running, now }: { readonly running: ReadonlySet<string>; readonly now: Date },
): KeepReason | null {
  if (revision === pointer.revision) return 'current';
  if (revision === pointer.previous) return 'previous';
  if (running.has(revision)) return 'running';
  const leftMs = leftAt === null ? now.getTime() : Date.parse(leftAt);
  return now.getTime() - leftMs < KEEP_AFTER_LEAVING_MS ? 'left less than a day ago' : null;
}
