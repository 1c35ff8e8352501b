import { readWorkerConfig } from '../lib/worker-config.ts';
import type { BucketTarget } from './bucket-target.ts';
import { openLocalBucket } from './local-bucket-target.ts';
import { openRemoteBucket } from './remote-bucket-target.ts';

/** Options that say which bucket, for `parseArgs()`. */
export const BUCKET_OPTIONS = {
  bucket: { type: 'string' },
  local: { type: 'boolean', default: false },
  remote: { type: 'boolean', default: false },
} as const;

/** The lines of a usage that explain them. */
export const BUCKET_USAGE = `  [--bucket NAME]  the one of wrangler.toml, unless told otherwise
  [--local]        at hand: the bucket that wrangler dev uses on this machine (unless told otherwise)
  [--remote]       at Cloudflare, through wrangler`;

/** What {@linkcode BUCKET_OPTIONS} came to. */
export interface BucketChoice {
  readonly bucket?: string | undefined;
  readonly local: boolean;
  readonly remote: boolean;
}

/**
 * Opens the bucket that a command's options name, and closes it when the work is done.
 *
 * @throws {Error} Both places are named.
 */
export async function withBucket<T>(
  { bucket, local, remote }: BucketChoice,
  work: (target: BucketTarget) => Promise<T>,
): Promise<T> {
  if (local && remote) throw new Error('--local and --remote exclude each other');
  const name = bucket ?? (await readWorkerConfig()).bucketName;
  const target = await (remote ? openRemoteBucket(name) : openLocalBucket(name));
  try {
    return await work(target);
  } finally {
    await target.close();
  }
}
