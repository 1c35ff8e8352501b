/** A seat in the waiting room; worthless after `until`. */
export interface Seat {
  readonly until: number;
}

/** A bounded room whose seats expire, since a request that has ended cannot leave. */
export interface WaitingRoom {
  /** Takes the last seat, or gives null when all are taken. */
  enter(now: number, until: number): Seat | null;
  /** Gives the seat back; a second time does nothing. */
  leave(seat: Seat): void;
  /** Whether nobody who still waits came before this seat. */
  isFirst(seat: Seat, now: number): boolean;
  /** Seats taken and not expired. */
  count(now: number): number;
}

/**
 * Makes an empty waiting room.
 *
 * @param limit Seats.
 */
export function createWaitingRoom(limit: number): WaitingRoom {
  const seats = new Set<Seat>();

  function count(now: number): number {
    for (const seat of seats) if (now >= seat.until) seats.delete(seat);
    return seats.size;
  }

  return {
    enter(now, until) {
      if (count(now) >= limit) return null;
      const seat: Seat = { until };
      seats.add(seat);
      return seat;
    },
    leave(seat) {
      seats.delete(seat);
    },
    isFirst(seat, now) {
      count(now);
      for (const first of seats) return first === seat;
      return false;
    },
    count,
  };
}
