import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryFolder } from './repository-folder.ts';

/** What a finished wrangler left behind. */
export interface WranglerRun {
  readonly exitCode: number;
  /** Standard output and standard error, in the order they came. */
  readonly output: string;
}

/**
 * Runs the repository's wrangler and waits for its end.
 *
 * @param args For example `['deploy', '--dry-run']`.
 * @param settings Added to its environment.
 */
export function runWrangler(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<WranglerRun> {
  const bin = join(
    dirname(createRequire(import.meta.url).resolve('wrangler/package.json')),
    'bin/wrangler.js',
  );
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: repositoryFolder,
    // No banner also means no look for a newer wrangler on the network.
    env: {
      ...process.env,
      WRANGLER_HIDE_BANNER: 'true',
      WRANGLER_LOG_PATH: join(tmpdir(), 'wrangler-logs'),
      WRANGLER_SEND_METRICS: 'false',
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ exitCode: code ?? 1, output: Buffer.concat(chunks).toString() });
    });
  });
}
