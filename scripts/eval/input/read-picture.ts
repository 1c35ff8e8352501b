import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Gives the bytes of a picture by its name in the data. */
export type ReadPicture = (image: string) => Promise<Uint8Array>;

/**
 * Reads pictures from a folder.
 *
 * @returns A function that throws an Error naming the picture that is not there.
 */
export function picturesIn(folder: string): ReadPicture {
  return (image) =>
    readFile(join(folder, image)).catch((cause: Error) => {
      throw new Error(`cannot read the picture ${image}: ${cause.message}`, { cause });
    });
}
