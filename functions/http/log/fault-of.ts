import { EntailError } from '../../lib/entail-error.ts';

/** What went wrong and where, for the log; no message, as that may quote what was sent. */
export interface Fault {
  /** The class of what was thrown. */
  readonly error: string;
  /** The class of what caused it. */
  readonly cause: string;
  /** Where it was thrown. */
  readonly at: string;
}

/** Describes whatever was thrown. */
export function faultOf(error: unknown): Fault {
  return {
    error: nameOf(error),
    cause: error instanceof EntailError ? nameOf(error.cause) : 'undefined',
    at: placeOf(error),
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** The first line of the stack that is a place, since the others are the message. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const message = error instanceof Error ? error.message : '';
  return stack.replace(message, '').match(/^\s+at (.*)$/m)?.[1] ?? 'unknown';
}
