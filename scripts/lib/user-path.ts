import { resolve } from 'node:path';

/**
 * Resolves a path that a person typed, from the folder they typed it in: npm itself moves to the
 * repository before it runs a script, and leaves the old place in INIT_CWD.
 *
 * @returns An absolute path.
 */
export function userPath(path: string): string {
  const { npm_lifecycle_event: npmScript, INIT_CWD: typedIn } = process.env;
  return resolve(npmScript === undefined ? process.cwd() : (typedIn ?? process.cwd()), path);
}
