import type { Clock } from '../lib/clock.ts';
import { EntailError } from '../lib/entail-error.ts';
import { createWaitingRoom, type Seat } from '../lib/waiting-room.ts';

/** Ten who come at once are all answered, and a full room empties within the wait below. */
export const MAX_WAITING_REQUESTS = 16;
/** Callers give up at 30 s and above. */
export const MAX_SLOT_WAIT_MS = 25_000;
/** An upload takes 15 s at most, decoding and inference a few; who holds longer has died. */
export const SLOT_LEASE_MS = 45_000;
/** Short beside an inference. */
const POLL_MS = 10;
/**
 * Between two refusals. A refusal takes the isolate's one thread about a millisecond, and each step of the answer under
 * way waits behind those that have come: callers who ask again at once would leave it no time.
 */
export const REFUSAL_GAP_MS = 10;
/** As Retry-After asks; bounds how many wait for their refusal, each a few kB. */
const MAX_REFUSAL_WAIT_MS = 2_000;

/** The right to run one inference. */
export interface Lease {
  /** Frees the slot, unless the lease has run out and another holds it. */
  release(): void;
}

/** Admission: one request at a time decodes and infers, since an isolate has memory for one. */
export interface Slot {
  /**
   * Waits for the slot.
   *
   * @throws {EntailError} `overloaded`: too many wait already, or the wait took too long; refusals are spaced out.
   */
  enter(): Promise<Lease>;
}

/** Makes the slot of an isolate, free. */
export function createSlot(clock: Clock): Slot {
  const waiting = createWaitingRoom(MAX_WAITING_REQUESTS);
  let holder: { readonly deadline: number } | null = null;
  let passedOver = 0;
  let nextRefusal = 0;

  function isFree(): boolean {
    return holder === null || clock.now() >= holder.deadline;
  }

  function take(): Lease {
    const mine = { deadline: clock.now() + SLOT_LEASE_MS };
    holder = mine;
    passedOver = 0;
    return {
      release() {
        if (holder === mine) holder = null;
      },
    };
  }

  /** First come, first served; but when the first does not come, as its request has died, anyone. */
  function mayTake(seat: Seat): boolean {
    if (!isFree()) return false;
    if (waiting.isFirst(seat, clock.now()) || passedOver >= MAX_WAITING_REQUESTS) return true;
    passedOver += 1;
    return false;
  }

  /** Milliseconds; none for a first refusal, nor where too many wait for theirs. */
  function waitForRefusal(now: number): number {
    const wait = Math.max(0, nextRefusal - now);
    if (wait >= MAX_REFUSAL_WAIT_MS) return 0;
    nextRefusal = now + wait + REFUSAL_GAP_MS;
    return wait;
  }

  async function enter(): Promise<Lease> {
    const now = clock.now();
    if (isFree() && waiting.count(now) === 0) return take();
    const until = now + MAX_SLOT_WAIT_MS;
    const seat = waiting.enter(now, until);
    if (seat === null) {
      await clock.sleep(waitForRefusal(now));
      throw overloaded(`${MAX_WAITING_REQUESTS} requests wait already`);
    }
    try {
      while (clock.now() < until) {
        await clock.sleep(POLL_MS);
        if (mayTake(seat)) return take();
      }
    } finally {
      waiting.leave(seat);
    }
    throw overloaded(`no turn within ${MAX_SLOT_WAIT_MS} ms`);
  }

  return { enter };
}

function overloaded(why: string): EntailError {
  return new EntailError('overloaded', `cannot take the request: ${why}`);
}
