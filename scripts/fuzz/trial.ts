import type { ErrorCode } from '../../functions/lib/entail-error.ts';

/** One file to send. */
export interface Trial {
  /** What was done to it; a run with the same seed and corpus makes it again. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Files that are sent one after the other. */
export interface Series {
  readonly name: string;
  readonly count: number;
  /** Made when they are needed: all at once would be gigabytes. */
  readonly trials: Iterable<Trial>;
  /** What each of them must be refused with; without it any answer of the closed list will do. */
  readonly expected?: ErrorCode;
}
