import { relative } from 'node:path';
import { userPath } from '../lib/user-path.ts';

/** A path as the person who typed the command would type it. */
export function shownPath(path: string): string {
  return relative(userPath('.'), path) || '.';
}
