import type { Ladder } from './measure-ladder.ts';
import type { MixedRun } from './measure-mixed.ts';
import type { PromiseKept } from './promises.ts';

/** All that one soak found out. */
export interface SoakSummary {
  /** The model's name. */
  readonly model: string;
  readonly ladder: Ladder;
  readonly mixed: MixedRun;
  readonly promises: readonly PromiseKept[];
}
