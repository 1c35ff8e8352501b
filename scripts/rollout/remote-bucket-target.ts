import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BucketTarget } from './bucket-target.ts';
import { runWrangler } from './run-wrangler.ts';

/**
 * Opens a bucket at Cloudflare through `wrangler r2 object`, logged in as wrangler is.
 *
 * @param wrangler Replaced in tests, which have no account.
 */
export async function openRemoteBucket(
  bucketName: string,
  wrangler: typeof runWrangler = runWrangler,
): Promise<BucketTarget> {
  const folder = await mkdtemp(join(tmpdir(), 'edge-entail-push-'));
  return {
    name: `${bucketName} (remote)`,
    async read(key) {
      const path = join(folder, key);
      const object = `${bucketName}/${key}`;
      const run = await wrangler(['r2', 'object', 'get', object, '--remote', '--file', path]);
      if (run.exitCode === 0) return readFile(path);
      // wrangler has no exit code of its own for a missing object.
      if (run.output.includes('The specified key does not exist')) return null;
      throw new Error(`cannot read ${object}: ${run.output.trim()}`);
    },
    async write(key, path) {
      const object = `${bucketName}/${key}`;
      const run = await wrangler(['r2', 'object', 'put', object, '--remote', '--file', path]);
      if (run.exitCode !== 0) throw new Error(`cannot write ${object}: ${run.output.trim()}`);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
