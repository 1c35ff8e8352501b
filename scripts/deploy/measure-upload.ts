import { glob, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { WorkerBundle } from '../lib/build-worker.ts';
import { DeployError } from './deploy-error.ts';

const MIB = 1024 * 1024;
/** Cloudflare's limit until September 2026, which accounts may still have. */
export const MAX_BUNDLE_GZIP_BYTES = 10 * MIB;
/** Cloudflare's limit since. */
export const MAX_BUNDLE_BYTES = 64 * MIB;
/** Cloudflare's limit for one static asset. */
export const MAX_ASSET_BYTES = 25 * MIB;

/** What would be uploaded besides the model. */
export interface Upload {
  /** Of the Worker's modules. */
  readonly bytes: number;
  readonly gzipBytes: number;
  readonly assets: { readonly files: number; readonly bytes: number };
}

/**
 * Measures a bundle and its page against the platform's limits.
 *
 * @throws {DeployError} Something is too large.
 */
export async function measureUpload(bundle: WorkerBundle): Promise<Upload> {
  const modules = await Promise.all(bundle.modules.map(({ path }) => readFile(path)));
  const gzipBytes = gzipSync(Buffer.concat(modules)).length;
  checkSize('the Worker', bundle.bytes, MAX_BUNDLE_BYTES);
  checkSize('the Worker, gzipped,', gzipBytes, MAX_BUNDLE_GZIP_BYTES);
  const assets = { files: 0, bytes: 0 };
  const folder = bundle.config.assetsFolder;
  for await (const entry of glob('**', { cwd: folder, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const { size } = await stat(join(entry.parentPath, entry.name));
    checkSize(`the page's ${entry.name}`, size, MAX_ASSET_BYTES);
    assets.files += 1;
    assets.bytes += size;
  }
  return { bytes: bundle.bytes, gzipBytes, assets };
}

function checkSize(what: string, bytes: number, limit: number): void {
  if (bytes <= limit) return;
  throw new DeployError(
    `${what} is too large for the platform: ${bytes} bytes, at most ${limit}`,
    'see what entered the bundle: npm run build, then dist/',
  );
}
