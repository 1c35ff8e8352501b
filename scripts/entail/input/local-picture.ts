import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Finds the file that a page shows. An address from the root of a site is looked for from each folder above the page, as
 * nobody knows here which of them is the root.
 *
 * @param src As it stands in the page.
 * @param page Absolute.
 * @returns An absolute path, whether or not there is a file; null for what is elsewhere.
 */
export function localPicture(src: string, page: string): string | null {
  const base = pathToFileURL(page);
  if (!URL.canParse(src, base)) return null;
  const url = new URL(src, base);
  if (url.protocol !== 'file:' || url.host !== '') return null;
  const path = fileURLToPath(url);
  if (!src.startsWith('/')) return path;
  for (let folder = dirname(page); ; folder = dirname(folder)) {
    const file = join(folder, path);
    if (existsSync(file)) return file;
    if (folder === dirname(folder)) return join(dirname(page), path);
  }
}
