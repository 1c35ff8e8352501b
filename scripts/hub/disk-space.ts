import { statfs } from 'node:fs/promises';
import { DownloadError } from './download-error.ts';

/** What the system calls a disk or a quota that is full. */
const FULL: readonly unknown[] = ['ENOSPC', 'EDQUOT'];
const ADVICE =
  'make room or name another folder in XDG_CACHE_HOME, then run the same command again';

/**
 * Compares what is still to come with what is free, before anything is fetched.
 *
 * @throws {DownloadError} It cannot fit.
 */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (bytes <= free) return;
  throw new DownloadError(
    `cannot download ${bytes} bytes: ${free} are free in ${folder}; ${ADVICE}`,
  );
}

/**
 * Passes an error of the file system on, a full disk in words.
 *
 * @throws Always.
 */
export function diskFull(error: unknown, path: string): never {
  if (error instanceof Error && 'code' in error && FULL.includes(error.code)) {
    throw new DownloadError(
      `cannot write ${path}: the disk is full. What has arrived is kept: ${ADVICE}`,
      { cause: error },
    );
  }
  throw error;
}
