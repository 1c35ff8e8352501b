import { Miniflare, type Request, Response } from 'miniflare';
import { readBundle } from '../../scripts/lib/build-worker.ts';
import type { LocalWorker } from '../../scripts/lib/local-worker.ts';
import { type ModelBlobs, putBlobs } from './model-blobs.ts';

/**
 * Told of each read before it happens; the read waits for it.
 *
 * @param key What is read.
 * @returns The message of an error that the read shall fail with, or null.
 */
export type Observer = (key: string) => Promise<string | null>;

/** Runs in the Worker's isolate, between the Worker and the real bucket. */
const WRAPPER = `export default ({ BUCKET, OBSERVER }) => ({
  async get(key) {
    const fault = await (await OBSERVER.fetch('http://observer/' + key)).text();
    if (fault !== '') throw new Error(fault);
    return await BUCKET.get(key);
  },
})`;

/**
 * Starts the Worker as `startLocalWorker()` does, and watches every read of its bucket.
 *
 * @param bundleFolder Made by `buildWorker()`.
 */
export async function startObservedWorker(
  bundleFolder: string,
  blobs: ModelBlobs,
  observe: Observer,
): Promise<Pick<LocalWorker, 'url' | 'bucket' | 'dispose'>> {
  const { config, modules, folder } = await readBundle(bundleFolder);
  const miniflare = new Miniflare({
    host: '127.0.0.1',
    port: 0,
    cf: false,
    workers: [
      {
        name: 'endpoint',
        compatibilityDate: config.compatibilityDate,
        compatibilityFlags: [...config.compatibilityFlags],
        modulesRoot: folder,
        modules: [...modules],
        // With one, the Worker would read each shard again to fill it.
        cache: false,
        wrappedBindings: { [config.bucketBinding]: 'observed-bucket' },
      },
      {
        name: 'observed-bucket',
        modules: true,
        script: WRAPPER,
        r2Buckets: { BUCKET: config.bucketName },
        serviceBindings: {
          async OBSERVER(request: Request) {
            return new Response(await observe(new URL(request.url).pathname.slice(1)));
          },
        },
      },
    ],
  });
  const { origin } = await miniflare.ready;
  const bucket = await miniflare.getR2Bucket('BUCKET', 'observed-bucket');
  await putBlobs(bucket, blobs);
  return { url: origin, bucket, dispose: () => miniflare.dispose() };
}
