import { tmpdir } from 'node:os';
import { startLocalWorker } from '../lib/local-worker.ts';
import type { runWrangler } from '../lib/run-wrangler.ts';
import { type Deployed, type Deployment, deploy } from './deploy.ts';
import { createStandInWrangler, type Objects } from './stand-in-wrangler.ts';

/** A deployment that happened on this machine alone. */
export interface Rehearsal extends Deployed {
  /** What wrangler would have been asked to do, in order. */
  readonly commands: readonly (readonly string[])[];
}

/**
 * Deploys to an account that exists in memory: wrangler is played, the rest is what a deployment does. What is uploaded
 * runs in workerd, on the objects that were pushed, and is asked.
 */
export async function rehearse(
  deployment: Omit<Deployment, 'wrangler' | 'accountId'>,
): Promise<Rehearsal> {
  const { bundle, say } = deployment;
  const cleanUps: (() => Promise<void>)[] = [];
  async function start(objects: Objects): Promise<string> {
    const worker = await startLocalWorker({ modelFolder: null, bundleFolder: bundle.folder });
    cleanUps.push(worker.dispose);
    for (const [key, bytes] of objects) await worker.bucket.put(key, bytes.buffer);
    return worker.url;
  }
  const { wrangler: played, commands } = createStandInWrangler(start);
  const wrangler: typeof runWrangler = (args, settings) => {
    const [, , verb] = args;
    // Reads are many and look alike; the costs count them.
    if (verb !== 'get') say(`            would run: npx wrangler ${args.map(shown).join(' ')}`);
    return played(args, settings);
  };
  try {
    return { ...(await deploy({ ...deployment, wrangler, accountId: undefined })), commands };
  } finally {
    for (const cleanUp of cleanUps) await cleanUp();
  }
}

/** Where the copy of an object lies is of no interest. */
function shown(argument: string): string {
  return argument.startsWith(tmpdir()) ? 'FILE' : argument;
}
