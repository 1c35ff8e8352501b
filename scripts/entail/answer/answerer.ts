import type { Verdict } from '../../../client/index.ts';
import type { Problem } from '../question.ts';

/** Sentences about one picture. */
export interface Batch {
  readonly image: Uint8Array;
  readonly hypotheses: readonly string[];
  readonly premise: string | null;
}

/** A model, wherever it runs. */
export interface Answerer {
  /** Pictures under way at a time. */
  readonly concurrency: number;
  /**
   * Answers each sentence in turn.
   *
   * @param onResult Called for each, as soon as it is there.
   * @throws {EntailError | EndpointError} why there are no more results.
   */
  answer(batch: Batch, onResult: (result: Verdict | Problem) => void): Promise<void>;
}
