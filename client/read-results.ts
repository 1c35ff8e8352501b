import { EndpointError } from './endpoint-error.ts';
import { BROKEN_OFF, lost } from './lost.ts';
import { readResult } from './read-answers.ts';
import { readLines } from './read-lines.ts';
import type { Problem, Verdict } from './verdict.ts';

/** What is known of a batch's answer beforehand. */
export interface Expected {
  /** How many results there will be. */
  readonly count: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Reads the results of a batch (NDJSON), each as soon as its line is there.
 *
 * @throws {EndpointError} `broken_off`: fewer than were expected; `unexpected_answer`.
 * @throws The signal's reason.
 */
export async function* readResults(
  { body }: Response,
  { count, signal }: Expected,
): AsyncGenerator<Verdict | Problem, void> {
  let found = 0;
  for await (const line of readLines(body ?? new Blob().stream(), signal)) {
    found += 1;
    if (found > count) {
      throw new EndpointError(`the endpoint answered with more than ${count} results`, {
        code: 'unexpected_answer',
      });
    }
    yield readResult(parseLine(line));
  }
  // Platforms differ in whether a body that breaks off fails, or just ends.
  if (found < count) throw lost(BROKEN_OFF);
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
