import { basename, resolve } from 'node:path';
import { createProgress } from '../lib/progress.ts';
import { userPath } from '../lib/user-path.ts';
import { withInterruption } from '../lib/with-interruption.ts';
import { parseSource } from './checkpoint-source.ts';
import { fetchCheckpoint } from './fetch-checkpoint.ts';
import { openRepository, type RepositoryOptions, refuseOptions } from './open-repository.ts';

const STALL_MS = 30_000;
const FIRST_WAIT_MS = 500;
const MEGABYTE = 1e6;

/** A checkpoint folder on this machine, and what it is called. */
export interface ObtainedCheckpoint {
  readonly folder: string;
  readonly name: string;
}

/**
 * Finds a checkpoint on this machine, or brings it there, with a progress bar.
 *
 * @param from As `parseSource()` reads it; a path is seen from where the person is.
 * @throws {DownloadError} It cannot be had.
 * @throws {Interruption} Ctrl-C while it is fetched.
 */
export async function obtainCheckpoint(
  from: string,
  options: RepositoryOptions,
): Promise<ObtainedCheckpoint> {
  const source = parseSource(from);
  if (source.kind === 'folder') {
    refuseOptions(options);
    return { folder: userPath(source.path), name: basename(resolve(source.path)) };
  }
  const progress = createProgress();
  let done = 0;
  let total = 0;
  let trouble = '';
  const show = () =>
    progress.show('downloading', megabytes(done), megabytes(total), { note: `MB ${trouble}` });
  try {
    return await withInterruption(
      () =>
        total === 0
          ? 'before anything arrived; run the same command again'
          : `${megabytes(done).toFixed(1)} of ${megabytes(total).toFixed(1)} MB are here and kept; run the same command again to go on`,
      async (signal) => {
        const repository = await openRepository(source, options, {
          signal,
          stallMs: STALL_MS,
          firstWaitMs: FIRST_WAIT_MS,
          onTrouble(message) {
            trouble = message;
            if (total > 0) show();
          },
        });
        const { folder, files } = await fetchCheckpoint(repository, (bytes, all) => {
          if (bytes > done) trouble = '';
          [done, total] = [bytes, all];
          show();
        });
        progress.stop();
        console.log(
          `${repository.service.title}: ${files.length} files, ${megabytes(total)} MB, in ${folder}`,
        );
        return { folder, name: basename(repository.place.join('/')) };
      },
    );
  } finally {
    progress.stop();
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / (MEGABYTE / 10)) / 10;
}
