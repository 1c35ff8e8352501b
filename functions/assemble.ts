import { waitUntil } from 'cloudflare:workers';
import { createJpegCodec } from '../wasm/jpeg-codec.ts';
import { modules } from '../wasm/modules.ts';
import { createPngCodec } from '../wasm/png-codec.ts';
import type { Env } from './env.ts';
import { createApp } from './http/app.ts';
import { createShrink } from './image/create-shrink.ts';
import { systemClock } from './lib/clock.ts';
import { createCachedStore } from './model/cached-store.ts';
import { createEngine } from './model/create-engine.ts';
import { createModelLoader } from './model/model-loader.ts';
import { createOrtRuntime } from './model/ort-runtime.ts';
import { createRuntimeKeeper } from './model/runtime-keeper.ts';
import { createImageStore } from './pipeline/image-store.ts';
import { loadModel } from './pipeline/load-model.ts';
import { createService } from './pipeline/service.ts';
import { createSlot } from './pipeline/slot.ts';

/** Puts the Worker together: everything that an isolate keeps between requests begins here, the model unloaded. */
export function assemble({ MODEL_BUCKET, IMAGES }: Env): ReturnType<typeof createApp> {
  const clock = systemClock;
  const images = createImageStore(caches.default, waitUntil);
  const withRuntime = createRuntimeKeeper(() => createOrtRuntime(modules, 1));
  const loader = createModelLoader(
    (alive) =>
      withRuntime(async (runtime) => {
        const store = createCachedStore(MODEL_BUCKET, caches.default);
        const model = await loadModel({
          store,
          clock,
          images,
          alive,
          openEngine: (manifest, readFile) => createEngine(runtime, manifest, readFile),
        });
        waitUntil(store.keep().catch(() => {}));
        return model;
      }),
    clock,
  );
  const codecs = {
    jpeg: createJpegCodec(modules.jpeg),
    png: createPngCodec(modules.png),
    ...(IMAGES === undefined ? {} : { shrink: createShrink(IMAGES) }),
  };
  const service = createService({ loader, slot: createSlot(clock), codecs });
  return createApp({ service, log: (line) => console.error(JSON.stringify(line)) });
}
