import type { Clock } from '../lib/clock.ts';
import { EntailError } from '../lib/entail-error.ts';
import { createWaitingRoom } from '../lib/waiting-room.ts';
import { type LoadEvent, type LoadState, nextLoadState } from './load-state.ts';

/** Requests that may wait for one load: each is a few kB, its body unread. */
export const MAX_LOAD_WAITERS = 64;
/** Longer than one lease, so that who waits for a dead load can still take over. */
export const MAX_LOAD_WAIT_MS = 45_000;
/** Short beside a load, which takes a second or more. */
const POLL_MS = 20;

/** Lets a promise outlive the answer, as `ctx.waitUntil` does. */
export type KeepAlive = (work: Promise<unknown>) => void;

/**
 * Loads a model.
 *
 * @param alive To be called at each step; throws when another load has taken over.
 */
export type Load<Model> = (alive: () => void) => Promise<Model>;

/** The one model of an isolate. */
export interface ModelLoader<Model> {
  /**
   * The model, loaded when need be.
   *
   * @throws {EntailError} what the load failed with; `model_loading`: too long, or too many wait.
   */
  get(keepAlive: KeepAlive): Promise<Model>;
  /** Tells that the runtime broke while this model answered: it answers no more, and another is loaded in time. */
  died(model: Model, error: EntailError): void;
}

/** Makes the loader of an isolate; nothing is loaded before the first `get()`. */
export function createModelLoader<Model extends { release(): void }>(
  load: Load<Model>,
  clock: Clock,
): ModelLoader<Model> {
  let state: LoadState<Model> = { kind: 'empty', generation: 0, failure: null };
  const waiting = createWaitingRoom(MAX_LOAD_WAITERS);

  function apply(event: LoadEvent<Model>): boolean {
    const before = state;
    state = nextLoadState(state, event);
    return state !== before;
  }

  async function run(generation: number): Promise<void> {
    function alive(): void {
      if (apply({ type: 'alive', generation, now: clock.now() })) return;
      throw new EntailError('model_loading', `cannot go on: load ${generation} was taken over`);
    }
    try {
      const model = await load(alive);
      if (!apply({ type: 'loaded', generation, model })) model.release();
    } catch (error) {
      apply({ type: 'failed', generation, error, now: clock.now() });
    }
  }

  /** The model, or null while it is being loaded. */
  function look(joined: number, keepAlive: KeepAlive): Model | null {
    if (state.failure !== null && state.failure.generation >= joined) throw state.failure.error;
    if (apply({ type: 'wanted', now: clock.now() })) keepAlive(run(state.generation));
    if (state.kind === 'dead') throw state.error;
    return state.kind === 'ready' ? state.model : null;
  }

  async function get(keepAlive: KeepAlive): Promise<Model> {
    const loaded = look(Number.POSITIVE_INFINITY, keepAlive);
    if (loaded !== null) return loaded;
    const joined = state.generation;
    const until = clock.now() + MAX_LOAD_WAIT_MS;
    const seat = waiting.enter(clock.now(), until);
    if (seat === null) {
      throw stillLoading(`${MAX_LOAD_WAITERS} requests wait already`);
    }
    try {
      while (clock.now() < until) {
        await clock.sleep(POLL_MS);
        const model = look(joined, keepAlive);
        if (model !== null) return model;
      }
    } finally {
      waiting.leave(seat);
    }
    throw stillLoading(`not done after ${MAX_LOAD_WAIT_MS} ms`);
  }

  function died(model: Model, error: EntailError): void {
    apply({ type: 'died', model, error, now: clock.now() });
  }

  return { get, died };
}

function stillLoading(why: string): EntailError {
  return new EntailError('model_loading', `cannot answer yet: the model is being loaded, ${why}`);
}
