import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Miniflare, type MiniflareOptions } from 'miniflare';
import { seedObjects } from '../rollout/seed-objects.ts';
import { buildWorker, readBundle, type WorkerBundle } from './build-worker.ts';

/** Its name in `functions/env.ts`. */
const IMAGES_BINDING = 'IMAGES';
const RATE_LIMITER_BINDING = 'RATE_LIMITER';

/** How {@linkcode startLocalWorker} sets the endpoint up. */
export interface LocalWorkerOptions {
  /** The model that the bucket starts with, or null for an empty bucket. */
  readonly modelFolder: string | null;
  /** 1-65535; 0, the default, takes any free port. */
  readonly port?: number;
  /** Binds Cloudflare Images, as miniflare emulates it, whether `wrangler.toml` does or not. */
  readonly images?: boolean;
  /** Secrets and variables by name, as `functions/env.ts` knows them. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Binds a rate limiter that lets so many requests of each caller pass a minute. */
  readonly requestsPerMinute?: number;
  /** Takes each line that the Worker logs; without it errors go to standard error, and the rest nowhere. */
  readonly onLine?: (line: string) => void;
  /** A bundle made earlier by `buildWorker()`; without it one is made and removed afterwards. */
  readonly bundleFolder?: string;
}

/** The endpoint, running in workerd. */
export interface LocalWorker {
  /** Where it answers, without a slash at the end. */
  readonly url: string;
  /** The same without miniflare's own Worker in front, which costs more than a refusal does. */
  readonly directUrl: string;
  readonly bundle: WorkerBundle;
  /** The bucket that the Worker reads, to look at and to tamper with. */
  readonly bucket: LocalBucket;
  /** Where V8's inspector listens, for `heapUsage()`. */
  readonly inspectorUrl: URL;
  readonly miniflare: Miniflare;
  /** Ends workerd and removes what was put on disk. */
  dispose(): Promise<void>;
}

/** A bucket of the local R2. */
export type LocalBucket = Awaited<ReturnType<Miniflare['getR2Bucket']>>;

/**
 * Starts the Worker that `wrangler deploy` would upload, in workerd, its bucket filled from a folder.
 *
 * @throws {Error} The folder has no manifest, the bundle cannot be made, or workerd does not start.
 */
export async function startLocalWorker(options: LocalWorkerOptions): Promise<LocalWorker> {
  const { modelFolder, port = 0, images = false, settings = {}, requestsPerMinute } = options;
  const cleanUps: (() => Promise<void>)[] = [];
  const dispose = async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  };
  try {
    const bundle = await prepareBundle(options.bundleFolder, cleanUps);
    const { config } = bundle;
    const miniflare = new Miniflare({
      port,
      host: '127.0.0.1',
      inspectorPort: 0,
      cf: false,
      unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
      compatibilityDate: config.compatibilityDate,
      compatibilityFlags: [...config.compatibilityFlags],
      modulesRoot: bundle.folder,
      modules: [...bundle.modules],
      assets: { directory: config.assetsFolder, routerConfig: { has_user_worker: true } },
      r2Buckets: { [config.bucketBinding]: config.bucketName },
      bindings: { ...settings },
      ...(requestsPerMinute === undefined ? {} : limiterOptions(requestsPerMinute)),
      handleRuntimeStdio: (output: Readable, errors: Readable) =>
        passOn(output, errors, options.onLine),
      ...(images ? { images: { binding: IMAGES_BINDING } } : {}),
    });
    cleanUps.push(() => miniflare.dispose());
    const { origin } = await miniflare.ready;
    const bucket = await miniflare.getR2Bucket(config.bucketBinding);
    if (modelFolder !== null) await fillBucket(bucket, modelFolder);
    const inspectorUrl = await miniflare.getInspectorURL();
    const directUrl = (await miniflare.unsafeGetDirectURL()).origin;
    return { url: origin, directUrl, bundle, bucket, inspectorUrl, miniflare, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function limiterOptions(limit: number): Pick<MiniflareOptions, 'ratelimits'> {
  const limiter = { namespace_id: '1', simple: { limit, period: 60 } };
  return { ratelimits: { [RATE_LIMITER_BINDING]: limiter } };
}

function passOn(output: Readable, errors: Readable, onLine?: (line: string) => void): void {
  if (onLine === undefined) {
    output.resume();
    errors.pipe(process.stderr, { end: false });
    return;
  }
  for (const input of [output, errors]) createInterface({ input }).on('line', onLine);
}

async function prepareBundle(
  bundleFolder: string | undefined,
  cleanUps: (() => Promise<void>)[],
): Promise<WorkerBundle> {
  if (bundleFolder !== undefined) return readBundle(bundleFolder);
  const folder = await mkdtemp(join(tmpdir(), 'edge-entail-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // When a signal ends the process there is no time for promises.
  process.once('exit', remove);
  cleanUps.push(async () => {
    process.off('exit', remove);
    remove();
  });
  return buildWorker(folder);
}

/** Puts a model folder into a bucket, the pointer last. */
export async function fillBucket(bucket: LocalBucket, modelFolder: string): Promise<void> {
  // Miniflare's proxy wants an ArrayBuffer of exactly the bytes.
  for (const [key, bytes] of await seedObjects(modelFolder)) await bucket.put(key, bytes.buffer);
}
