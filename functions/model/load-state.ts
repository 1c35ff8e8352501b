import { EntailError } from '../lib/entail-error.ts';

/**
 * Longest time between two signs of life of a load; after it another request takes over. The longest
 * step is a read that falls silent three times; the self-test, one inference, takes less.
 */
export const LOAD_LEASE_MS = 20_000;
/**
 * How long a broken runtime is mourned: the isolate gets its memory back meanwhile, and a question that breaks it each
 * time cannot keep it loading. Callers are asked to come back after as long.
 */
export const DEAD_MS = 5_000;

/** The load that failed last, so that whoever waited for it learns why. */
export interface LoadFailure {
  readonly generation: number;
  readonly error: unknown;
}

interface Common {
  /** Loads begun so far; the number of the latest. */
  readonly generation: number;
  readonly failure: LoadFailure | null;
}

/**
 * Where a model's loading stands in this isolate.
 *
 * A state and not a promise: a promise belongs to the request that made it, and when that request
 * ends first, the others wait for ever.
 */
export type LoadState<Model> = Common &
  (
    | { readonly kind: 'empty' }
    | { readonly kind: 'loading'; readonly deadline: number }
    | { readonly kind: 'ready'; readonly model: Model }
    | { readonly kind: 'dead'; readonly error: EntailError; readonly until: number }
  );

/** What may happen to it; `generation` says which load speaks. */
export type LoadEvent<Model> =
  | { readonly type: 'wanted'; readonly now: number }
  | { readonly type: 'alive'; readonly generation: number; readonly now: number }
  | { readonly type: 'loaded'; readonly generation: number; readonly model: Model }
  | {
      readonly type: 'failed';
      readonly generation: number;
      readonly error: unknown;
      readonly now: number;
    }
  | {
      readonly type: 'died';
      readonly model: Model;
      readonly error: EntailError;
      readonly now: number;
    };

/**
 * The next state; the very same object when the event changes nothing, which is how the result of a
 * load that was taken over shows itself.
 *
 * After `wanted` a new state means: the caller must begin the load of that generation. A failed load
 * leaves `empty`, with no pause: the next request tries anew, and never two at a time. Where the runtime
 * broke, the next load begins after {@linkcode DEAD_MS}.
 */
export function nextLoadState<Model>(
  state: LoadState<Model>,
  event: LoadEvent<Model>,
): LoadState<Model> {
  const { generation, failure } = state;
  switch (event.type) {
    case 'wanted': {
      if (!mayBegin(state, event.now)) return state;
      const deadline = event.now + LOAD_LEASE_MS;
      return { kind: 'loading', generation: generation + 1, failure, deadline };
    }
    case 'alive':
      if (!speaks(state, event)) return state;
      return { kind: 'loading', generation, failure, deadline: event.now + LOAD_LEASE_MS };
    case 'loaded':
      if (!speaks(state, event)) return state;
      return { kind: 'ready', generation, failure: null, model: event.model };
    case 'failed':
      if (!speaks(state, event)) return state;
      if (event.error instanceof EntailError && event.error.code === 'runtime_dead') {
        return dead(event.error, event.now);
      }
      return { kind: 'empty', generation, failure: { generation, error: event.error } };
    case 'died':
      // What an older model died of is no concern of the one that came after it.
      if (state.kind !== 'ready' || state.model !== event.model) return state;
      return dead(event.error, event.now);
  }
  function dead(error: EntailError, now: number): LoadState<Model> {
    return { kind: 'dead', generation, failure, error, until: now + DEAD_MS };
  }
}

function mayBegin(state: LoadState<unknown>, now: number): boolean {
  switch (state.kind) {
    case 'empty':
      return true;
    case 'loading':
      return now >= state.deadline;
    case 'dead':
      return now >= state.until;
    case 'ready':
      return false;
  }
}

function speaks(state: LoadState<unknown>, event: { readonly generation: number }): boolean {
  return state.kind === 'loading' && state.generation === event.generation;
}
