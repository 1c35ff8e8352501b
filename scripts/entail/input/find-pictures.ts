import { glob, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { userPath } from '../../lib/user-path.ts';

const EXTENSIONS: readonly string[] = ['.png', '.jpg', '.jpeg'];
const GLOB = /[*?[{]/;

/** Pictures that a person named. */
export interface NamedPictures {
  /** Absolute. */
  readonly paths: readonly string[];
  /** One file by its own name, so there is one picture whatever the disk holds. */
  readonly isOne: boolean;
}

/** Whether a name is that of a picture that can be asked about. */
export function isPictureName(path: string): boolean {
  return EXTENSIONS.includes(extname(path).toLowerCase());
}

/**
 * Finds the pictures that a name stands for: a file as it is, all below a folder, or what a glob matches.
 *
 * @param name As it was typed.
 * @returns In the order of their names, at least one; a file need not exist.
 * @throws {Error} A folder without pictures, or a glob that matches none.
 */
export async function findPictures(name: string): Promise<NamedPictures> {
  const path = userPath(name);
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return several(name, '**/*', path);
  if (found === null && GLOB.test(name)) return several(name, name, userPath('.'));
  return { paths: [path], isOne: true };
}

async function several(name: string, pattern: string, folder: string): Promise<NamedPictures> {
  const paths: string[] = [];
  for await (const found of glob(pattern, { cwd: folder })) {
    if (isPictureName(found)) paths.push(resolve(folder, found));
  }
  if (paths.length === 0) {
    throw new Error(`cannot find a picture in ${name}: no .png, .jpg or .jpeg there`);
  }
  return { paths: paths.sort(), isOne: false };
}
