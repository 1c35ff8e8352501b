import { join, resolve } from 'node:path';
import { repositoryFolder } from './repository-folder.ts';

/** What the local endpoint takes from `wrangler.toml`. */
export interface WorkerConfig {
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  /** Name of the bucket in the Worker's `env`. */
  readonly bucketBinding: string;
  readonly bucketName: string;
  /** Where the page's files are, absolute. */
  readonly assetsFolder: string;
}

/**
 * Reads `wrangler.toml` through wrangler itself, so that what runs here is what is deployed.
 *
 * @throws {Error} There is not exactly one bucket, no compatibility date, or no folder of the page.
 */
export async function readWorkerConfig(): Promise<WorkerConfig> {
  // Imported late: wrangler takes a second to load and most commands do without it.
  const { unstable_readConfig: readConfig } = await import('wrangler');
  const path = join(repositoryFolder, 'wrangler.toml');
  const config = readConfig({ config: path }, { hideWarnings: true });
  const [bucket, ...others] = config.r2_buckets;
  if (bucket?.bucket_name === undefined || others.length > 0) {
    throw new Error(`cannot read ${path}: ${config.r2_buckets.length} R2 buckets, expected 1`);
  }
  if (config.compatibility_date === undefined) {
    throw new Error(`cannot read ${path}: it has no compatibility_date`);
  }
  if (config.assets?.directory === undefined) {
    throw new Error(`cannot read ${path}: it has no directory of assets`);
  }
  return {
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: config.compatibility_flags,
    bucketBinding: bucket.binding,
    bucketName: bucket.bucket_name,
    assetsFolder: resolve(repositoryFolder, config.assets.directory),
  };
}
