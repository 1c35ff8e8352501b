import type { Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import { Miniflare } from 'miniflare';
import { readBundle } from '../../scripts/lib/build-worker.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { fillBucket } from '../../scripts/lib/local-worker.ts';
import { bundleOnce } from '../workerd/bundle-once.ts';

/**
 * Starts a Worker that calls the endpoint over a service binding, `ENTAIL`, until the test ends.
 *
 * @param code The calling Worker, one ES module.
 * @returns Where the calling Worker answers; the endpoint has no address.
 */
export async function startTwoWorkers(t: TestContext, code: string): Promise<URL> {
  const { folder, modules, config } = await readBundle(await bundleOnce());
  const { compatibilityDate, compatibilityFlags, bucketBinding, bucketName } = config;
  const miniflare = new Miniflare({
    cf: false,
    handleRuntimeStdio: (output: Readable, errors: Readable) => {
      output.resume();
      errors.pipe(process.stderr, { end: false });
    },
    workers: [
      {
        name: 'caller',
        compatibilityDate,
        modules: [{ type: 'ESModule', path: 'caller.js', contents: code }],
        serviceBindings: { ENTAIL: 'edge-entail' },
      },
      {
        name: 'edge-entail',
        compatibilityDate,
        compatibilityFlags: [...compatibilityFlags],
        modulesRoot: folder,
        modules: [...modules],
        r2Buckets: { [bucketBinding]: bucketName },
      },
    ],
  });
  t.after(() => miniflare.dispose());
  await fillBucket(await miniflare.getR2Bucket(bucketBinding, 'edge-entail'), defaultModelFolder);
  return miniflare.ready;
}
