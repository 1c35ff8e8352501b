import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../../functions/lib/clock.ts';

/** A clock that moves only when told. */
export interface FakeClock extends Clock {
  /** Moves on, waking every sleeper whose time comes, in order. */
  advance(milliseconds: number): Promise<void>;
}

export function createFakeClock(): FakeClock {
  let time = 1_000_000;
  let sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => time,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers.push({ at: time + milliseconds, wake });
      }),
    async advance(milliseconds) {
      const end = time + milliseconds;
      await setImmediate();
      for (;;) {
        const [next] = sleepers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        sleepers = sleepers.filter((sleeper) => sleeper !== next);
        time = Math.max(time, next.at);
        next.wake();
        await setImmediate();
      }
      time = end;
      await setImmediate();
    },
  };
}
