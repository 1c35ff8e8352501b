import type { Answer, ModelName } from './answer/answerer.ts';
import type { Pair } from './input/pair.ts';
import type { Summary } from './summarise.ts';

/** Everything an evaluation found out, for the table, the JSON and the report. */
export interface Evaluation {
  readonly data: DataName;
  readonly model: ModelName;
  /** Null when no other model was compared. */
  readonly against: ModelName | null;
  readonly pairs: readonly Pair[];
  /** One a pair. */
  readonly answers: readonly Answer[];
  readonly summary: Summary;
}

/** What was asked. */
export interface DataName {
  /** The file, without its folder. */
  readonly file: string;
  /** Rows left out, as annotators disagreed on them. */
  readonly skipped: number;
  /** Whether all rows are SNLI-VE's. */
  readonly isSnliVe: boolean;
  /** Whether any pair was asked with a caption. */
  readonly premises: boolean;
}
