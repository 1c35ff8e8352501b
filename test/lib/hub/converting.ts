import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryFolder } from '../../../scripts/lib/repository-folder.ts';

const SCRIPT = join(repositoryFolder, 'scripts/model-convert.ts');
const POLL_MS = 2;

/** A conversion by command line that has ended, or was ended. */
export interface ConvertRun {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a conversion is run. */
export interface ConvertRunOptions {
  /** Its XDG_CACHE_HOME. */
  readonly cache: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Sent once so many bytes have arrived in the cache. */
  readonly end?: { readonly signal: NodeJS.Signals; readonly afterBytes: number };
}

/** Runs `npm run model:convert` without npm, and perhaps ends it while it downloads. */
export async function runConvert(
  args: readonly string[],
  { cache, env = {}, end }: ConvertRunOptions,
): Promise<ConvertRun> {
  const child = spawn(process.execPath, [SCRIPT, ...args], {
    env: { ...process.env, FORCE_COLOR: undefined, ...env, XDG_CACHE_HOME: cache },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  while (end !== undefined && child.exitCode === null) {
    if (arrivedBytes(cache) >= end.afterBytes) {
      child.kill(end.signal);
      break;
    }
    await sleep(POLL_MS);
  }
  await ended;
  const [stdout, stderr] = await output;
  return { exitCode: child.exitCode, signal: child.signalCode, stdout, stderr };
}

/** The bytes of files in a cache, whole or not. */
export function arrivedBytes(cache: string): number {
  return readdirSync(cache, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => {
      const info = statSync(join(parentPath, name), { throwIfNoEntry: false });
      return sum + (info?.size ?? 0);
    }, 0);
}
