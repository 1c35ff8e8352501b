/** How the platform's clock and timers behave. */
export interface ClockFault {
  /** Timers fire so many times as fast, and the clock goes as fast with them. */
  readonly speed: number;
  /** The clock stands still; timers go on. */
  readonly frozen?: boolean;
  /** The clock jumps by so much, there and back, at each look. */
  readonly swingMs?: number;
  /** The clock is set by so much, once. */
  readonly jumpMs?: number;
}

/** Puts a clock of the test's own in the place of the isolate's, `Date.now()` and `setTimeout()`. */
export function installFaultyClock(): (fault: ClockFault) => void {
  const { now } = Date;
  const { setTimeout } = globalThis;
  let fault: ClockFault = { speed: 1 };
  let since = now();
  let shown = since;
  let looks = 0;
  Date.now = () => {
    looks += 1;
    const swing = looks % 2 === 0 ? (fault.swingMs ?? 0) : 0;
    return (fault.frozen ? shown : shown + (now() - since) * fault.speed) + swing;
  };
  Reflect.set(globalThis, 'setTimeout', (work: () => void, ms = 0) =>
    // Timers of less than a millisecond would fire before the clock has moved.
    setTimeout(work, Math.ceil(ms / fault.speed)),
  );
  return (next) => {
    const { swingMs: _swing, ...plain } = fault;
    fault = plain;
    shown = Date.now() + (next.jumpMs ?? 0);
    since = now();
    fault = next;
  };
}
