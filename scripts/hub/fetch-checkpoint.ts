import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { forEachBounded } from '../../functions/lib/for-each-bounded.ts';
import { cacheFolder } from './cache-folder.ts';
import { sizeOf } from './check-file.ts';
import { chooseFiles } from './choose-files.ts';
import { requireSpace } from './disk-space.ts';
import { downloadFile } from './download-file.ts';
import { lockFolder } from './lock-folder.ts';
import type { RemoteFile } from './remote-file.ts';
import type { Repository } from './repository.ts';

/** As many as browsers open to one host, nearly; a fast line is full with fewer. */
const FILES_AT_A_TIME = 4;

/** A checkpoint that was fetched. */
export interface FetchedCheckpoint {
  readonly folder: string;
  readonly files: readonly RemoteFile[];
}

/**
 * Fetches into the cache what the converter needs of a repository, or finds it there. Each file in the folder has the
 * length and the digest that the service lists.
 *
 * @param onBytes Called with the bytes that are there, and those that will be.
 * @throws {DownloadError} It cannot be had; what arrived stays for the next time.
 */
export async function fetchCheckpoint(
  repository: Repository,
  onBytes: (done: number, total: number) => void,
): Promise<FetchedCheckpoint> {
  const { service } = repository;
  const files = chooseFiles(repository);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const folder = cacheFolder(repository, files);
  await mkdir(folder, { recursive: true });
  const unlock = await lockFolder(folder);
  try {
    const there = new Map<string, number>();
    for (const { name } of files) {
      const path = join(folder, name);
      there.set(name, Math.max(await sizeOf(path), await sizeOf(`${path}.partial`)));
    }
    const done = () => [...there.values()].reduce((sum, bytes) => sum + bytes, 0);
    await requireSpace(folder, total - done());
    // A file that cannot be had ends the others: who waits for the error should not wait for the weights.
    const failed = new AbortController();
    const signal = AbortSignal.any([service.signal, failed.signal]);
    await forEachBounded(files, FILES_AT_A_TIME, (file) =>
      downloadFile(file, {
        service: { ...service, signal },
        folder,
        onBytes(bytes) {
          there.set(file.name, bytes);
          onBytes(done(), total);
        },
      }).catch((error: unknown) => {
        failed.abort(error);
        throw error;
      }),
    );
  } finally {
    await unlock();
  }
  return { folder, files };
}
