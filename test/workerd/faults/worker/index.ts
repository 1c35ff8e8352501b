import type { Context } from 'hono';
import { assemble } from '../../../../functions/assemble.ts';
import type { Env } from '../../../../functions/env.ts';
import { createFaultSchedule, type FaultSchedule } from '../fault-schedule.ts';
import { installFaultyClock } from '../faulty-clock.ts';
import { installFaultyMemory } from '../faulty-memory.ts';
import { createFaultyStore } from '../faulty-store.ts';

/**
 * The Worker of the fault tests: the product, as `functions/index.ts` puts it together, on a bucket, a clock and memory
 * that fail as told. A world is what an isolate keeps between requests; each test has one of its own.
 *
 * `/{world}/...` is the product's own path in that world. `/faults/{world}`: POST sets the plan of a world, GET tells
 * what it read; `/faults-clock` and `/faults-memory` set those of all worlds; `/faults-vanish/...`
 * begins a request in a world and ends before it has an answer, so that the platform drops it where it stands.
 */
interface World {
  readonly app: ReturnType<typeof assemble>;
  readonly reads: string[];
  schedule: FaultSchedule;
}

const worlds = new Map<string, World>();
const setClock = installFaultyClock();
const setMemory = installFaultyMemory();
const VANISH_AFTER_MS = 100;
/** Older ones are let go of: each has a model in memory. */
const MAX_WORLDS = 3;

function worldOf(name: string, env: Env): World {
  const known = worlds.get(name);
  if (known !== undefined) return known;
  const store = createFaultyStore(env.MODEL_BUCKET, (key) => world.schedule(key));
  const bucket = new Proxy(env.MODEL_BUCKET, {
    get: (target, property) =>
      property === 'get' ? store.get : Reflect.get(target, property, target),
  });
  const world: World = {
    app: assemble({ ...env, MODEL_BUCKET: bucket }),
    reads: store.reads,
    schedule: () => null,
  };
  worlds.set(name, world);
  const [oldest = ''] = worlds.keys();
  if (worlds.size > MAX_WORLDS) worlds.delete(oldest);
  return world;
}

async function control(request: Request, name: string, env: Env): Promise<Response> {
  const world = worldOf(name, env);
  if (request.method === 'POST') world.schedule = createFaultSchedule(await request.json());
  return Response.json(world.reads);
}

/** Whoever began it is gone: its timers and reads never come back, and nothing keeps it alive. */
async function vanish(request: Request, world: World, env: Env): Promise<Response> {
  const nothing = { waitUntil() {}, passThroughOnException() {}, props: {} };
  void Promise.resolve(world.app.fetch(request, env, nothing)).catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, VANISH_AFTER_MS));
  return new Response('gone');
}

/** The Worker. */
export default {
  async fetch(request: Request, env: Env, context: Context['executionCtx']): Promise<Response> {
    const url = new URL(request.url);
    const [, first = '', second = '', ...rest] = url.pathname.split('/');
    if (first === 'faults') return control(request, second, env);
    if (first === 'faults-clock') {
      setClock(await request.json());
      return new Response('set');
    }
    if (first === 'faults-memory') {
      setMemory(await request.json());
      return new Response('set');
    }
    if (first === 'faults-vanish') {
      url.pathname = `/${rest.join('/')}`;
      return vanish(new Request(url, request), worldOf(second, env), env);
    }
    url.pathname = `/${[second, ...rest].join('/')}`;
    return worldOf(first, env).app.fetch(new Request(url, request), env, context);
  },
};
