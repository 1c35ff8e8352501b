import { readFileSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DownloadError } from './download-error.ts';

const LOCK_FILE = '.lock';

/**
 * Keeps other processes out of a folder: two that append to one file would spoil it.
 *
 * @returns Lets them in again. A process that was killed holds nothing: its number tells.
 * @throws {DownloadError} Another process of this machine, or one of another machine, has it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, LOCK_FILE);
  const mine = `${hostname()} ${process.pid}`;
  for (;;) {
    try {
      await writeFile(path, mine, { flag: 'wx' });
      return () => rm(path, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = readHolder(path);
    if (holder !== null && isHeld(holder)) {
      throw new DownloadError(
        `cannot download to ${folder}: process ${holder} does so already. Wait for it to end; if there is none, remove ${path}`,
      );
    }
    rmSync(path, { force: true });
  }
}

/** Null when it was let go in between. */
function readHolder(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function isHeld(holder: string): boolean {
  const [host, pid] = holder.split(' ');
  // Of processes elsewhere, and of one that is just about to write its number, nothing is known.
  if (pid === undefined || host !== hostname()) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    // There is such a process, of somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
