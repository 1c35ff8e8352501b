import { mkdir, readdir } from 'node:fs/promises';

/**
 * Makes a folder for scenes.
 *
 * @throws {Error} It holds something: a longer run's pictures would stay behind and no longer match the sentences.
 */
export async function emptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new Error(`cannot write scenes: ${folder} is not empty`);
  }
}
