import { EntailError, ERROR_STATUS } from '../lib/entail-error.ts';
import type { AppContext } from './app-env.ts';
import { faultOf } from './log/fault-of.ts';
import { problem } from './problem.ts';

/**
 * Turns whatever was thrown into a problem.
 *
 * What is not an EntailError answers `internal`, its message kept from the caller and from the log,
 * as it may quote what was sent.
 */
export function answerError(c: AppContext, error: unknown): Response {
  const { code, message } = noteError(c, error);
  return problem(c, code, message);
}

/**
 * Notes for the log why a request has failed, and more when that is our own fault.
 *
 * @returns What the caller may know of it.
 */
export function noteError(c: AppContext, error: unknown): EntailError {
  const { notes } = c.get('record');
  const known =
    error instanceof EntailError
      ? error
      : new EntailError('internal', 'cannot answer: an unexpected fault, which was logged');
  notes.code = known.code;
  if (ERROR_STATUS[known.code] >= 500) Object.assign(notes, faultOf(error));
  return known;
}
