import { waitUntil } from 'cloudflare:workers';
import { createCodecs } from '../wasm/create-codecs.ts';
import { modules } from '../wasm/modules.ts';
import type { Env } from './env.ts';
import { createApp } from './http/app.ts';
import type { LogLine } from './http/log/log-line.ts';
import { createShrink } from './image/create-shrink.ts';
import { systemClock } from './lib/clock.ts';
import { createCachedStore } from './model/cached-store.ts';
import { createEngine } from './model/create-engine.ts';
import { createModelLoader } from './model/model-loader.ts';
import { createOrtRuntime } from './model/ort-runtime.ts';
import { readCurrentManifest } from './model/read-current-manifest.ts';
import { refuseTooLarge } from './model/refuse-too-large.ts';
import { createRuntimeKeeper } from './model/runtime-keeper.ts';
import { createImageStore } from './pipeline/image-store.ts';
import { loadModel } from './pipeline/load-model.ts';
import { createService } from './pipeline/service.ts';
import { createSlot } from './pipeline/slot.ts';
import { createStoredModel } from './pipeline/stored-model.ts';

/** Puts the Worker together: everything that an isolate keeps between requests begins here, the model unloaded. */
export function assemble(env: Env): ReturnType<typeof createApp> {
  const { MODEL_BUCKET, IMAGES } = env;
  const clock = systemClock;
  const images = createImageStore(caches.default, waitUntil);
  const withRuntime = createRuntimeKeeper(() => createOrtRuntime(modules, 1));
  const loader = createModelLoader(
    (alive) =>
      withRuntime(async (runtime) => {
        const store = createCachedStore(MODEL_BUCKET, caches.default);
        const model = await loadModel({
          store,
          readManifest: readCurrentManifest,
          clock,
          images,
          alive,
          openEngine: async (manifest, readFile) => {
            refuseTooLarge(manifest);
            return createEngine(runtime, manifest, readFile);
          },
        });
        waitUntil(store.keep().catch(() => {}));
        return model;
      }),
    clock,
  );
  const codecs = {
    ...createCodecs(modules),
    ...(IMAGES === undefined ? {} : { shrink: createShrink(IMAGES) }),
  };
  const service = createService({ loader, slot: createSlot(clock), codecs });
  const stored = createStoredModel(MODEL_BUCKET, readCurrentManifest, clock);
  return createApp({ service, stored, access: env, clock, log: writeLine });
}

/** The platform takes the level of a line from the method that wrote it. */
function writeLine(line: LogLine): void {
  (line.level === 'error' ? console.error : console.log)(JSON.stringify(line));
}
