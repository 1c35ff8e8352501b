import type * as z from 'zod/mini';
import type { ErrorCode } from '../lib/entail-error.ts';
import type { AppContext } from './app-env.ts';
import { errorFacts } from './error-facts.ts';
import type { problemSchema } from './schema/problem-schema.ts';

/** What went wrong, as the API shows it. */
export type Problem = z.output<typeof problemSchema>;

/**
 * Describes what went wrong, for an answer of its own or as a part of one.
 *
 * @param detail A sentence for the person who called.
 * @see RFC 9457
 */
export function describeProblem(code: ErrorCode, detail: string, requestId: string): Problem {
  const { status, title, retryable } = errorFacts(code);
  return { type: 'about:blank', title, status, detail, code, retryable, request_id: requestId };
}

/**
 * Makes the answer to a request that failed, and notes the code for the log.
 *
 * @param detail A sentence for the person who called.
 */
export function problem(c: AppContext, code: ErrorCode, detail: string): Response {
  c.get('record').notes.code = code;
  const { retryAfterS } = errorFacts(code);
  if (retryAfterS !== null) c.header('Retry-After', String(retryAfterS));
  if (code === 'unauthorized') c.header('WWW-Authenticate', 'Bearer');
  c.header('Content-Type', 'application/problem+json');
  const body = describeProblem(code, detail, c.get('requestId'));
  return c.body(JSON.stringify(body), body.status);
}
