import { after } from 'node:test';
import { type Deployed, deploy } from '../../../scripts/deploy/deploy.ts';
import {
  createStandInWrangler,
  type Objects,
  type StandIn,
} from '../../../scripts/deploy/stand-in-wrangler.ts';
import { readBundle } from '../../../scripts/lib/build-worker.ts';
import { defaultModelFolder } from '../../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../../scripts/lib/local-worker.ts';
import type { runWrangler, WranglerRun } from '../../../scripts/lib/run-wrangler.ts';
import { bundleOnce } from '../../workerd/bundle-once.ts';

/** An account in memory, and the deployment to it. */
export interface Account extends Pick<StandIn, 'commands' | 'buckets'> {
  /** What was said so far. */
  readonly said: string[];
  run(options?: {
    readonly modelFolder?: string;
    readonly accountId?: string;
    readonly timeoutMs?: number;
  }): Promise<Deployed>;
}

/** What wrangler answers in place of the stand-in; null: the stand-in answers. */
export type Interference = (args: readonly string[]) => WranglerRun | null;

const bundleFolder = await bundleOnce();
const bundle = await readBundle(bundleFolder);
/** What every test deploys to: one Worker, whose bucket is filled by each. */
export const worker = await startLocalWorker({ modelFolder: null, bundleFolder });
after(() => worker.dispose());

/**
 * Makes an account.
 *
 * @param url Where what is deployed answers.
 */
export function account(interfere: Interference = () => null, url: string = worker.url): Account {
  const {
    wrangler: played,
    commands,
    buckets,
  } = createStandInWrangler(async (objects: Objects) => {
    for (const [key, bytes] of objects) await worker.bucket.put(key, bytes.buffer);
    return url;
  });
  const said: string[] = [];
  const wrangler: typeof runWrangler = async (args, settings) =>
    interfere(args) ?? (await played(args, settings));
  return {
    commands,
    buckets,
    said,
    run: ({ modelFolder = defaultModelFolder, accountId, timeoutMs = 20_000 } = {}) =>
      deploy({
        modelFolder,
        bundle,
        wrangler,
        accountId,
        waiting: { timeoutMs, pauseMs: 50 },
        say: (line) => said.push(line),
      }),
  };
}

/** Lets a command fail that begins with certain words. */
export function failing(command: string, output: string): Interference {
  return (args) => (args.join(' ').startsWith(command) ? { exitCode: 1, output } : null);
}
