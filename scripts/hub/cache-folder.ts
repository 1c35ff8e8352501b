import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { RemoteFile } from './remote-file.ts';
import type { Repository } from './repository.ts';

/** Of the digest over a listing; enough to tell the states of one repository apart. */
const DIGEST_DIGITS = 12;

/**
 * Names the folder that the files of one state of a repository are kept in. A branch that moves on gets another one,
 * so that files of two states never lie beside each other.
 *
 * @param files Those that are to be fetched.
 * @returns `CACHE/edge-entail/checkpoints/HOST/NAME.../REVISION-DIGEST`; CACHE is XDG_CACHE_HOME, or `~/.cache`.
 */
export function cacheFolder(
  { place, revision }: Pick<Repository, 'place' | 'revision'>,
  files: readonly RemoteFile[],
): string {
  const { XDG_CACHE_HOME } = process.env;
  // By its specification an empty or relative path counts as none.
  const cache = XDG_CACHE_HOME?.startsWith('/') ? XDG_CACHE_HOME : join(homedir(), '.cache');
  const hash = createHash('sha256');
  for (const { name, bytes, version } of files) hash.update(JSON.stringify([name, bytes, version]));
  const state = [revision, hash.digest('hex').slice(0, DIGEST_DIGITS)].filter((it) => it !== '');
  const folders = [...place, state.join('-')];
  return join(cache, 'edge-entail/checkpoints', ...folders.map(encodeURIComponent));
}
