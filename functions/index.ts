import { waitUntil } from 'cloudflare:workers';
import type { Context as HonoContext } from 'hono';
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
import { createOrtRuntime, type OrtRuntime } from './model/ort-runtime.ts';
import { createImageStore } from './pipeline/image-store.ts';
import { loadModel } from './pipeline/load-model.ts';
import { createService } from './pipeline/service.ts';
import { createSlot } from './pipeline/slot.ts';

type App = ReturnType<typeof createApp>;
type ExecutionContext = HonoContext['executionCtx'];

/** The runtime starts once an isolate, and outlives a load that fails afterwards. */
let runtime: OrtRuntime | null = null;
/** Made by the first request, since only a request brings the bindings. */
let app: App | null = null;

function assemble(env: Env): App {
  const { MODEL_BUCKET, IMAGES } = env;
  const clock = systemClock;
  const images = createImageStore(caches.default, waitUntil);
  const loader = createModelLoader(async (alive) => {
    runtime ??= await createOrtRuntime(modules, 1);
    const started = runtime;
    const store = createCachedStore(MODEL_BUCKET, caches.default);
    const model = await loadModel({
      store,
      clock,
      images,
      alive,
      openEngine: (manifest, readFile) => createEngine(started, manifest, readFile),
    });
    waitUntil(store.keep().catch(() => {}));
    return model;
  }, clock);
  const codecs = {
    ...createCodecs(modules),
    ...(IMAGES === undefined ? {} : { shrink: createShrink(IMAGES) }),
  };
  const service = createService({ loader, slot: createSlot(clock), codecs });
  return createApp({ service, access: env, clock, log: writeLine });
}

/** The platform takes the level of a line from the method that wrote it. */
function writeLine(line: LogLine): void {
  (line.level === 'error' ? console.error : console.log)(JSON.stringify(line));
}

/** The Worker: everything behind `fetch` is put together by the first request. */
export default {
  fetch(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> {
    app ??= assemble(env);
    return app.fetch(request, env, context);
  },
};
