import assert from 'node:assert/strict';
import test from 'node:test';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import {
  DEAD_MS,
  LOAD_LEASE_MS,
  type LoadEvent,
  type LoadState,
  nextLoadState,
} from '../../../functions/model/load-state.ts';

const EMPTY: LoadState<string> = { kind: 'empty', generation: 0, failure: null };
const fault = new EntailError('storage_unavailable', 'a fault');
const death = new EntailError('runtime_dead', 'a death');

function after(...events: LoadEvent<string>[]): LoadState<string> {
  return events.reduce((state, event) => nextLoadState(state, event), EMPTY);
}

const wanted = (now: number): LoadEvent<string> => ({ type: 'wanted', now });
const loaded = (generation: number): LoadEvent<string> => ({
  type: 'loaded',
  generation,
  model: `model ${generation}`,
});
const failed = (generation: number, error: unknown): LoadEvent<string> => ({
  type: 'failed',
  generation,
  error,
  now: 100,
});

test('nextLoadState() begins one load, however often it is wanted', () => {
  const loading = after(wanted(100));
  assert.deepEqual(loading, {
    kind: 'loading',
    generation: 1,
    failure: null,
    deadline: 100 + LOAD_LEASE_MS,
  });
  assert.equal(nextLoadState(loading, wanted(100 + LOAD_LEASE_MS - 1)), loading);
});

test('nextLoadState() lets a load past its deadline be taken over', () => {
  const state = after(wanted(0), wanted(LOAD_LEASE_MS));
  assert.equal(state.kind, 'loading');
  assert.equal(state.generation, 2);
});

test('nextLoadState() moves the deadline with each sign of life', () => {
  const alive = after(wanted(0), { type: 'alive', generation: 1, now: 500 });
  assert.equal(nextLoadState(alive, wanted(LOAD_LEASE_MS)), alive);
  assert.equal(nextLoadState(alive, wanted(500 + LOAD_LEASE_MS)).generation, 2);
});

test('nextLoadState() drops whatever an old generation says', () => {
  const state = after(wanted(0), wanted(LOAD_LEASE_MS));
  for (const event of [
    loaded(1),
    failed(1, fault),
    failed(1, death),
    { type: 'alive', generation: 1, now: 1 },
  ] as const) {
    assert.equal(nextLoadState(state, event), state, event.type);
  }
});

test('nextLoadState() is ready with the model of the load in charge, and stays so', () => {
  const ready = after(wanted(0), wanted(LOAD_LEASE_MS), loaded(2));
  assert.deepEqual(ready, { kind: 'ready', generation: 2, failure: null, model: 'model 2' });
  for (const event of [wanted(1e9), loaded(1), loaded(2), failed(2, fault)]) {
    assert.equal(nextLoadState(ready, event), ready, event.type);
  }
});

test('nextLoadState() is empty after a failure, remembers why, and begins anew at once', () => {
  const empty = after(wanted(0), failed(1, fault));
  assert.deepEqual(empty, {
    kind: 'empty',
    generation: 1,
    failure: { generation: 1, error: fault },
  });
  const again = nextLoadState(empty, wanted(0));
  assert.equal(again.kind, 'loading');
  assert.equal(again.generation, 2);
  assert.equal(nextLoadState(again, loaded(2)).failure, null);
});

const died = (model: string): LoadEvent<string> => ({
  type: 'died',
  model,
  error: death,
  now: 100,
});
const DEAD = {
  kind: 'dead',
  generation: 1,
  failure: null,
  error: death,
  until: 100 + DEAD_MS,
} as const;

test('nextLoadState() is dead when the runtime cannot start, and begins anew when that was mourned', () => {
  const dead = after(wanted(0), failed(1, death));
  assert.deepEqual(dead, DEAD);
  for (const event of [wanted(99 + DEAD_MS), loaded(1), failed(1, fault), died('model 1')]) {
    assert.equal(nextLoadState(dead, event), dead, event.type);
  }
  const again = nextLoadState(dead, wanted(100 + DEAD_MS));
  assert.deepEqual([again.kind, again.generation], ['loading', 2]);
});

test('nextLoadState() is dead when the runtime breaks later, and the model is let go', () => {
  assert.deepEqual(after(wanted(0), loaded(1), died('model 1')), DEAD);
});

test('nextLoadState() does not let a model die of what killed the one before', () => {
  const ready = after(wanted(0), loaded(1), died('model 1'), wanted(100 + DEAD_MS), loaded(2));
  assert.equal(ready.kind, 'ready');
  assert.equal(nextLoadState(ready, died('model 1')), ready);
  assert.equal(nextLoadState(ready, died('model 2')).kind, 'dead');
});
