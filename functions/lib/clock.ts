/** Time as the rooms see it, so that tests can move it. */
export interface Clock {
  /** Milliseconds since any fixed moment; in a deployed Worker it stands still during CPU work. */
  now(): number;
  /** Settles after so many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}

/** The clock on the wall. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
