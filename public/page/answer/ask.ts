import type { Batch, Problem, Verdict } from '../../../client/index.ts';
import type { SentenceRow } from '../sentences/sentence-row.ts';
import type { Answerer } from './answerer.ts';
import type { Outcome } from './times.ts';

/** A question that is about to be asked. */
export interface Asking {
  readonly answerer: Answerer;
  /** Without the sentences, which are the rows'. */
  readonly question: Omit<Batch, 'hypotheses'>;
  /** At least one. */
  readonly rows: readonly SentenceRow[];
  /** Called as each answer comes. */
  readonly onResult: (row: SentenceRow, result: Verdict | Problem) => void;
}

/**
 * Asks, and shows each answer in its row as it comes.
 *
 * @throws What the answerer throws; rows without an answer are clear again then.
 */
export async function ask({ answerer, question, rows, onResult }: Asking): Promise<Outcome> {
  const start = performance.now();
  const waiting = [...rows];
  const results: (Verdict | Problem)[] = [];
  for (const row of rows) row.wait();
  try {
    const hypotheses = rows.map((row) => row.text());
    for await (const result of answerer.entailStream({ ...question, hypotheses })) {
      const row = waiting.shift();
      if (row === undefined) break;
      results.push(result);
      row.show(result);
      onResult(row, result);
    }
  } finally {
    for (const row of waiting) row.clear();
  }
  return { milliseconds: performance.now() - start, results };
}
