import { systemClock } from '../../functions/lib/clock.ts';
import { EntailError } from '../../functions/lib/entail-error.ts';
import { createBlobReader } from '../../functions/model/blob-reader.ts';
import { createEngine } from '../../functions/model/create-engine.ts';
import { createModelLoader } from '../../functions/model/model-loader.ts';
import { createOrtRuntime } from '../../functions/model/ort-runtime.ts';
import { readManifest } from '../../functions/model/read-manifest.ts';
import { createRuntimeKeeper } from '../../functions/model/runtime-keeper.ts';
import { loadModel } from '../../functions/pipeline/load-model.ts';
import { createService, type Service } from '../../functions/pipeline/service.ts';
import { createSlot } from '../../functions/pipeline/slot.ts';
import { createCodecs } from '../../wasm/create-codecs.ts';
import { browserKernels, browserModules } from './browser-modules.ts';
import { createDownload } from './download.ts';
import { createFetchModelFile } from './endpoint-files.ts';
import type { Progress } from './local-engine.ts';
import { createLocalStore, type LocalStore } from './local-store.ts';
import type { EngineSettings } from './messages.ts';
import { shardsToRead } from './shards-to-read.ts';

const CACHE_NAME = 'edge-entail-shards';

/**
 * Puts the service together as `functions/assemble.ts` does in the Worker: the same rooms, in a browser.
 *
 * @throws {EntailError} `storage_unavailable`, `model_missing`, `model_integrity`, `runtime_dead`, or why the endpoint
 *   refuses.
 */
export async function createLocalService(
  { threads, ...endpoint }: EngineSettings,
  onProgress: (progress: Progress) => void,
): Promise<Service> {
  if (!isSecureContext) {
    throw new EntailError(
      'runtime_dead',
      'cannot run the engine in this browser: the page must come over https',
    );
  }
  const clock = systemClock;
  const download = createDownload(onProgress);
  const kernels = await browserKernels(download);
  const cache = await caches.open(CACHE_NAME).catch(() => null);
  function openStore(): LocalStore {
    return createLocalStore({
      fetchFile: createFetchModelFile(endpoint),
      cache,
      download,
      onManifest(manifest) {
        for (const [name, bytes] of Object.entries(RUNTIME_FILE_BYTES))
          download.expect(name, bytes);
        for (const { sha256, bytes } of shardsToRead(manifest, kernels !== null)) {
          download.expect(`${sha256}.bin`, bytes);
        }
      },
    });
  }
  // Before 14 MB of runtime: whoever may not call, or finds no model, hears of it at once.
  await readManifest(createBlobReader(openStore(), clock, () => {}));
  const modules = { ...(await browserModules(download)), kernels };
  const withRuntime = createRuntimeKeeper(() => createOrtRuntime(modules, threads));
  const loader = createModelLoader(
    (alive) =>
      withRuntime(async (runtime) => {
        const store = openStore();
        const model = await loadModel({
          store,
          readManifest,
          clock,
          images: null,
          alive,
          openEngine: (manifest, readFile) => createEngine(runtime, manifest, readFile),
        });
        store.tidy().catch(() => {});
        return model;
      }),
    clock,
  );
  return createService({ loader, slot: createSlot(clock), codecs: createCodecs(modules) });
}
