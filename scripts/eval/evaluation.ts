import type { Answer, ModelName } from './answer/answerer.ts';
import type { LeftOut } from './input/left-out.ts';
import type { Pair } from './input/pair.ts';
import type { PublishedModel } from './published-model.ts';
import type { Split } from './split-of.ts';
import type { Summary } from './summarise.ts';

/** Everything an evaluation found out, for the table, the JSON and the report. */
export interface Evaluation {
  readonly data: DataName;
  readonly model: ModelName;
  /** Which published figures are about this model; null for none. */
  readonly published: PublishedModel | null;
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
  /** By the file's name; null when it names none. */
  readonly split: Split | null;
  /** Rows that were not asked. */
  readonly leftOut: readonly LeftOut[];
  /** Whether all rows are SNLI-VE's. */
  readonly isSnliVe: boolean;
  /** Whether any pair was asked with a caption. */
  readonly premises: boolean;
}
