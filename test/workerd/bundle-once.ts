import { buildWorker } from '../../scripts/lib/build-worker.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

let folder: Promise<string> | null = null;

/**
 * Bundles the Worker, once a process: wrangler takes two seconds for it. `npm test` makes one for all
 * files beforehand and names it in EDGE_ENTAIL_BUNDLE.
 *
 * @returns The bundle's folder, for `startLocalWorker()`.
 */
export async function bundleOnce(): Promise<string> {
  const ready = process.env.EDGE_ENTAIL_BUNDLE;
  if (ready !== undefined) return ready;
  folder ??= buildWorker(temporaryFolder()).then((bundle) => bundle.folder);
  return folder;
}
