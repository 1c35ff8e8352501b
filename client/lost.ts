import { EndpointError } from './endpoint-error.ts';

/** What a lost connection is called. */
export interface Loss {
  readonly code: 'unreachable' | 'broken_off';
  readonly message: string;
}

/** A connection that ended in the middle of an answer. */
export const BROKEN_OFF: Loss = {
  code: 'broken_off',
  message: 'cannot get the answer: the connection broke off before its end',
};

/** Makes the error of a lost connection. */
export function lost({ code, message }: Loss, cause?: unknown): EndpointError {
  return new EndpointError(message, { code, retryable: true, cause });
}

/**
 * Waits for something that fails only when the connection does.
 *
 * @throws {EndpointError} the loss.
 * @throws The signal's reason.
 */
export async function orLost<T>(
  loss: Loss,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    signal?.throwIfAborted();
    throw lost(loss, cause);
  }
}
