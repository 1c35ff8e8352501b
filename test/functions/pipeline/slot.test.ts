import assert from 'node:assert/strict';
import test from 'node:test';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import {
  createSlot,
  type Lease,
  MAX_SLOT_WAIT_MS,
  MAX_WAITING_REQUESTS,
  REFUSAL_GAP_MS,
  SLOT_LEASE_MS,
} from '../../../functions/pipeline/slot.ts';
import { createFakeClock } from '../lib/fake-clock.ts';

/** A slot, and callers who note in `log` when they got in or were turned away. */
function setUp() {
  const clock = createFakeClock();
  const slot = createSlot(clock);
  const log: string[] = [];
  const leases = new Map<string, Lease>();
  function caller(name: string): void {
    slot.enter().then(
      (lease) => {
        leases.set(name, lease);
        log.push(name);
      },
      (error: unknown) => log.push(`${name}: ${error instanceof EntailError ? error.code : error}`),
    );
  }
  function leave(name: string): void {
    (leases.get(name) ?? assert.fail(`${name} is not in`)).release();
  }
  return { clock, log, caller, leave };
}

test('enter() lets one in, and the others one after another as they came', async () => {
  const { clock, log, caller, leave } = setUp();
  for (const name of ['a', 'b', 'c']) caller(name);
  await clock.advance(1000);
  assert.deepEqual(log, ['a']);
  leave('a');
  await clock.advance(1000);
  assert.deepEqual(log, ['a', 'b']);
  leave('b');
  await clock.advance(1000);
  assert.deepEqual(log, ['a', 'b', 'c']);
});

test('enter() turns away at once when the room is full', async () => {
  const { clock, log, caller } = setUp();
  caller('holder');
  for (let i = 0; i < MAX_WAITING_REQUESTS; i += 1) caller(`waiter ${i}`);
  caller('late');
  await clock.advance(0);
  assert.deepEqual(log, ['holder', 'late: overloaded']);
});

test('enter() spaces refusals out, so that those who ask again at once leave time for an answer', async () => {
  const { clock, log, caller } = setUp();
  caller('holder');
  for (let i = 0; i < MAX_WAITING_REQUESTS; i += 1) caller(`waiter ${i}`);
  for (let i = 0; i < 20; i += 1) caller('late');
  for (const [ms, refused] of [
    [0, 1],
    [REFUSAL_GAP_MS, 2],
    [REFUSAL_GAP_MS * 8, 10],
    [REFUSAL_GAP_MS * 10, 20],
  ] as const) {
    await clock.advance(ms);
    assert.equal(log.filter((line) => line === 'late: overloaded').length, refused);
  }
});

test('enter() lets a bounded number wait for their refusal, and turns more away at once', async () => {
  const { clock, log, caller } = setUp();
  caller('holder');
  for (let i = 0; i < MAX_WAITING_REQUESTS; i += 1) caller(`waiter ${i}`);
  for (let i = 0; i < 1000; i += 1) caller('late');
  await clock.advance(0);
  const refused = log.filter((line) => line === 'late: overloaded').length;
  assert.equal(refused, 1000 - 2000 / REFUSAL_GAP_MS + 1);
});

test('enter() turns away who has waited long enough', async () => {
  const { clock, log, caller } = setUp();
  caller('holder');
  caller('waiter');
  await clock.advance(MAX_SLOT_WAIT_MS - 100);
  assert.deepEqual(log, ['holder']);
  await clock.advance(200);
  assert.deepEqual(log, ['holder', 'waiter: overloaded']);
});

test('enter() does not let a newcomer overtake', async () => {
  const { clock, log, caller, leave } = setUp();
  caller('a');
  caller('b');
  await clock.advance(5);
  leave('a');
  caller('c');
  await clock.advance(1000);
  assert.deepEqual(log, ['a', 'b']);
});

test('enter() gives the slot on when the lease of a dead holder ends', async () => {
  const { clock, log, caller, leave } = setUp();
  caller('dead');
  await clock.advance(SLOT_LEASE_MS - 1000);
  caller('waiter');
  await clock.advance(900);
  assert.deepEqual(log, ['dead']);
  await clock.advance(200);
  assert.deepEqual(log, ['dead', 'waiter']);
  caller('next');
  leave('dead');
  await clock.advance(1000);
  assert.deepEqual(log, ['dead', 'waiter'], 'an old lease frees nothing');
});

test('enter() passes over a first in line whose request has died', async () => {
  const { clock, log, caller, leave } = setUp();
  const realSleep = clock.sleep;
  caller('a');
  clock.sleep = () => new Promise(() => {});
  caller('dead');
  await clock.advance(0);
  clock.sleep = realSleep;
  caller('b');
  await clock.advance(50);
  leave('a');
  await clock.advance(1000);
  assert.deepEqual(log, ['a', 'b']);
});

test('release() twice does not free the slot of the next', async () => {
  const { clock, log, caller, leave } = setUp();
  caller('a');
  caller('b');
  caller('c');
  await clock.advance(5);
  leave('a');
  await clock.advance(1000);
  leave('a');
  await clock.advance(1000);
  assert.deepEqual(log, ['a', 'b']);
});
