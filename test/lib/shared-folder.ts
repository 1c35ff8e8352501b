import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Finds the reference material that is not part of the repository.
 *
 * @returns The absolute path of `../shared`, seen from the repository's root; `null` when absent.
 */
export function sharedFolder(): string | null {
  const path = fileURLToPath(new URL('../../../shared', import.meta.url));
  return existsSync(path) ? path : null;
}
