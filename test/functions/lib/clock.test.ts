import assert from 'node:assert/strict';
import test from 'node:test';
import { createSteadyClock } from '../../../functions/lib/clock.ts';

/** A steady clock over one whose hands the test holds; its sleeps take as long as the test says. */
function setUp(passing: (ms: number) => number) {
  const wall = { time: 5_000 };
  const clock = createSteadyClock(
    () => wall.time,
    async (ms) => {
      wall.time += passing(ms);
    },
  );
  return { wall, clock };
}

test('createSteadyClock() shows the clock on the wall', async () => {
  const { wall, clock } = setUp((ms) => ms + 3);
  assert.equal(clock.now(), 5_000);
  await clock.sleep(100);
  assert.equal(clock.now(), 5_103);
  wall.time += 3_600_000;
  assert.equal(clock.now(), 3_605_103, 'a jump forward is believed');
});

test('createSteadyClock() goes on from where it was when the wall clock is set back', async () => {
  const { wall, clock } = setUp((ms) => ms);
  const before = clock.now();
  wall.time -= 3_600_000;
  assert.equal(clock.now(), before);
  wall.time += 7;
  assert.equal(clock.now(), before + 7);
});

test('createSteadyClock() counts sleeps when the wall clock stands still, or goes back meanwhile', async () => {
  for (const passing of [() => 0, () => -3_600_000]) {
    const { clock } = setUp(passing);
    const begin = clock.now();
    for (let i = 0; i < 10; i += 1) await clock.sleep(20);
    assert.equal(clock.now() - begin, 200);
  }
});

test('createSteadyClock() does not run ahead because timers are a little early', async () => {
  const { wall, clock } = setUp((ms) => ms - 1);
  for (let i = 0; i < 100; i += 1) await clock.sleep(10);
  assert.equal(clock.now(), wall.time);
});

test('createSteadyClock() counts sleepers who sleep at the same time once', async () => {
  const { clock } = setUp(() => 0);
  const begin = clock.now();
  await Promise.all(Array.from({ length: 16 }, () => clock.sleep(10)));
  assert.equal(clock.now() - begin, 10);
});
