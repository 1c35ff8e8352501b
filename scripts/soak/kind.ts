import type { ErrorCode } from '../../functions/lib/entail-error.ts';
import type { SoakRequest } from './send.ts';

/** Requests that all have the same answer. */
export interface Kind {
  readonly name: string;
  /** What they are refused with; null: all answers are 200 and equal to the first. */
  readonly code: ErrorCode | null;
  /**
   * Makes one of them.
   *
   * @param n Tells it from all others.
   */
  make(n: number): Promise<SoakRequest>;
}
