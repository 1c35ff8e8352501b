import assert from 'node:assert/strict';
import { Miniflare } from 'miniflare';
import type { Question } from '../../../functions/pipeline/entail.ts';
import { buildWorker, readBundle } from '../../../scripts/lib/build-worker.ts';
import type { LocalBucket } from '../../../scripts/lib/local-worker.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import type { Answer } from '../post-entail.ts';
import type { FaultPlan } from './fault.ts';
import type { ClockFault } from './faulty-clock.ts';
import { send } from './send.ts';

/** One world of the Worker under test: an isolate as far as the product can tell. */
export interface FaultWorld {
  /** Where it answers, without a slash at the end. */
  readonly url: string;
  /** From now on reads go as planned. */
  plan(plan: FaultPlan): Promise<void>;
  /** Keys read so far, in their order. */
  reads(): Promise<string[]>;
  ask(question: Pick<Question, 'image' | 'hypothesis'>): Promise<Answer>;
  get(path: string): Promise<Answer>;
  /** Begins a request and ends before its answer, while it waits for something. */
  vanish(path: string): Promise<void>;
}

/** The Worker under test. */
export interface FaultWorker {
  readonly url: string;
  readonly bucket: LocalBucket;
  readonly miniflare: Miniflare;
  /** A new world with a plan, and the name of it. */
  world(plan?: FaultPlan): Promise<FaultWorld>;
  setClock(fault: ClockFault): Promise<void>;
  /** Most pages, of 64 KiB, that any memory of WASM may grow to; null: no limit. */
  setMemory(pages: number | null): Promise<void>;
  dispose(): Promise<void>;
}

/** How {@linkcode startFaultWorker} starts workerd. */
export interface FaultWorkerOptions {
  /** Where its bucket is kept; without it in memory. */
  readonly bucketFolder?: string;
  /** For V8, such as `--wasm-max-mem-pages=300`. */
  readonly v8Flags?: string;
}

let bundle: ReturnType<typeof buildWorker> | null = null;
let worlds = 0;

/** Starts the product on faulty ground, its bucket empty. */
export async function startFaultWorker({
  bucketFolder,
  v8Flags,
}: FaultWorkerOptions = {}): Promise<FaultWorker> {
  bundle ??= buildWorker(temporaryFolder(), 'test/workerd/faults/worker/index.ts');
  const { config, folder } = await bundle;
  const { modules } = await readBundle(folder);
  process.env.MINIFLARE_WORKERD_V8_FLAGS = v8Flags ?? '';
  const miniflare = new Miniflare({
    host: '127.0.0.1',
    port: 0,
    inspectorPort: 0,
    cf: false,
    // One would hide what befalls the bucket.
    cache: false,
    compatibilityDate: config.compatibilityDate,
    compatibilityFlags: [...config.compatibilityFlags],
    modulesRoot: folder,
    modules: [...modules],
    r2Buckets: { [config.bucketBinding]: config.bucketName },
    ...(bucketFolder === undefined ? {} : { r2Persist: bucketFolder }),
  });
  const { origin: url } = await miniflare.ready;
  const bucket = await miniflare.getR2Bucket(config.bucketBinding);
  async function control(path: string, body: unknown): Promise<void> {
    const { text } = await send(`${url}/${path}`, { body: JSON.stringify(body) });
    assert.equal(text, 'set');
  }
  return {
    url,
    bucket,
    miniflare,
    async world(plan = {}) {
      worlds += 1;
      const world = worldAt(url, `w${worlds}`);
      await world.plan(plan);
      return world;
    },
    async setClock(fault) {
      await control('faults-clock', fault);
    },
    async setMemory(pages) {
      await control('faults-memory', pages ?? 65_536);
    },
    dispose: () => miniflare.dispose(),
  };
}

function worldAt(origin: string, name: string): FaultWorld {
  const url = `${origin}/${name}`;
  return {
    url,
    async plan(plan) {
      await send(`${origin}/faults/${name}`, { body: JSON.stringify(plan) });
    },
    reads: async () => JSON.parse((await send(`${origin}/faults/${name}`)).text),
    ask({ image, hypothesis }) {
      return send(`${url}/v1/entail?${new URLSearchParams({ hypothesis })}`, { body: image });
    },
    get: (path) => send(url + path),
    async vanish(path) {
      const { text } = await send(`${origin}/faults-vanish/${name}${path}`);
      assert.equal(text, 'gone');
    },
  };
}
