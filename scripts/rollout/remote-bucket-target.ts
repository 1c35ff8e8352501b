import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runWrangler, type WranglerRun } from '../lib/run-wrangler.ts';
import type { BucketTarget } from './bucket-target.ts';

/** The platform's passing faults are gone at the second or third try. */
const MAX_ATTEMPTS = 3;
const PAUSE_MS = 1_000;
/** In wrangler's words, what another try cannot mend: no login, no such bucket, not allowed. */
const LASTING =
  /not (logged in|authenticated)|bucket does not exist|\[code: (10000|10002|10003|10006|10042)\]/i;
/** wrangler has no exit code of its own for a missing object. */
const MISSING = 'The specified key does not exist';

/**
 * Opens a bucket at Cloudflare through `wrangler r2 object`, logged in as wrangler is.
 *
 * @param wrangler Replaced where there is no account.
 */
export async function openRemoteBucket(
  bucketName: string,
  wrangler: typeof runWrangler = runWrangler,
  pauseMs: number = PAUSE_MS,
): Promise<BucketTarget> {
  const folder = await mkdtemp(join(tmpdir(), 'edge-entail-push-'));

  /** @returns How it ended: well, or with the object missing. */
  async function run(verb: string, object: string, file: readonly string[]): Promise<WranglerRun> {
    for (let attempt = 1; ; attempt += 1) {
      const done = await wrangler(['r2', 'object', verb, object, '--remote', ...file]);
      if (done.exitCode === 0 || done.output.includes(MISSING)) return done;
      if (attempt === MAX_ATTEMPTS || LASTING.test(done.output)) {
        throw new Error(
          `cannot ${verb} ${object}, attempt ${attempt} of ${MAX_ATTEMPTS}: ${done.output.trim()}`,
        );
      }
      await sleep(pauseMs * 2 ** (attempt - 1));
    }
  }

  return {
    name: `${bucketName} (remote)`,
    async read(key) {
      const path = join(folder, `${key}.read`);
      const { exitCode } = await run('get', `${bucketName}/${key}`, ['--file', path]);
      if (exitCode !== 0) return null;
      const bytes = await readFile(path);
      await rm(path);
      return bytes;
    },
    async write(key, bytes) {
      const path = join(folder, `${key}.write`);
      await writeFile(path, bytes);
      await run('put', `${bucketName}/${key}`, ['--file', path]);
      await rm(path);
    },
    async remove(key) {
      await run('delete', `${bucketName}/${key}`, []);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
