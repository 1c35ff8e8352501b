import { EntailError } from '../lib/entail-error.ts';
import type { AppContext } from './app-env.ts';
import { problem } from './problem.ts';

/** Takes one line for the log; never anything of a body or a text. */
export type Log = (line: Readonly<Record<string, string | number>>) => void;

/**
 * Turns whatever was thrown into a problem; what is our own fault is logged.
 *
 * What is not an EntailError answers `internal`, its message kept from the caller and from the log,
 * as it may quote what was sent.
 */
export function answerError(c: AppContext, error: unknown, log: Log): Response {
  const known = error instanceof EntailError ? error : null;
  const answer =
    known === null
      ? problem(c, 'internal', 'cannot answer: an unexpected fault, which was logged')
      : problem(c, known.code, known.message);
  if (answer.status >= 500) {
    log({
      level: 'error',
      request_id: c.get('requestId'),
      code: known?.code ?? 'internal',
      status: answer.status,
      error: nameOf(error),
      cause: nameOf(known?.cause),
      at: placeOf(error),
    });
  }
  return answer;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** Where it was thrown: the first line of the stack that is a place, since the others are the message. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const message = error instanceof Error ? error.message : '';
  return stack.replace(message, '').match(/^\s+at (.*)$/m)?.[1] ?? 'unknown';
}
