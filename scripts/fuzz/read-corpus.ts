import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { MAX_IMAGE_BYTES } from '../../functions/http/limits.ts';
import type { Trial } from './trial.ts';

/** Files to mutate. */
export interface Corpus {
  /** By path, so that the same folder gives the same run. */
  readonly files: readonly Trial[];
  /** Files left out, larger than an endpoint takes. */
  readonly skipped: number;
}

/**
 * Reads all files of folders and of the folders in them.
 *
 * @throws {Error} There is none that an endpoint would take.
 */
export async function readCorpus(folders: readonly string[]): Promise<Corpus> {
  const files: Trial[] = [];
  let skipped = 0;
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const path of paths.sort()) {
      const { size } = await stat(path);
      if (size > MAX_IMAGE_BYTES) skipped += 1;
      else if (size > 0) {
        files.push({ name: relative(folder, path), bytes: Uint8Array.from(await readFile(path)) });
      }
    }
  }
  if (files.length === 0) {
    throw new Error(
      `cannot fuzz: no file of 1 to ${MAX_IMAGE_BYTES} bytes in ${folders.join(', ')}`,
    );
  }
  return { files, skipped };
}
