/** Time as the rooms see it, so that tests can move it. */
export interface Clock {
  /** Milliseconds since any fixed moment, never less than before; deployed it stands still during CPU work. */
  now(): number;
  /** Settles after so many milliseconds, and `now()` has moved on by then. */
  sleep(milliseconds: number): Promise<void>;
}

/** Timers and the clock round differently; behind by more than this share of a sleep, the clock has stood still. */
const MAX_SHARE_BEHIND = 0.5;

/**
 * Makes a clock that goes on whatever the one on the wall does: deadlines are promises of this isolate, and a clock that
 * is set back, or stands still, must not keep them from coming. A jump forward is believed: leases end early.
 *
 * @param read The clock on the wall, milliseconds.
 * @param pause Settles after so many milliseconds, by whatever the platform measures them with.
 */
export function createSteadyClock(
  read: () => number,
  pause: (milliseconds: number) => Promise<void>,
): Clock {
  let last = Number.NEGATIVE_INFINITY;
  let offset = 0;
  function now(): number {
    const reading = read();
    if (reading + offset < last) offset = last - reading;
    last = reading + offset;
    return last;
  }
  return {
    now,
    async sleep(milliseconds) {
      const end = now() + milliseconds;
      await pause(milliseconds);
      const behind = end - now();
      if (behind > milliseconds * MAX_SHARE_BEHIND) offset += behind;
    },
  };
}

/** The clock on the wall, kept steady. */
export const systemClock: Clock = createSteadyClock(
  () => Date.now(),
  (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
);
