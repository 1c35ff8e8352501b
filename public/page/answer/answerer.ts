import type { Batch, Problem, Verdict } from '../../../client/index.ts';

/** Where answers come from: the endpoint's client, or the engine in this browser. */
export interface Answerer {
  /** Yields a verdict or a problem for each hypothesis, in their order. */
  entailStream(batch: Batch): AsyncIterable<Verdict | Problem>;
}
