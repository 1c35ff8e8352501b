import { ERROR_STATUS, type ErrorCode } from '../lib/entail-error.ts';
import type { AppContext } from './app-env.ts';

/** The phrases of RFC 9110, as RFC 9457 asks of a problem whose type is `about:blank`. */
const TITLES: Readonly<Record<(typeof ERROR_STATUS)[ErrorCode], string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  411: 'Length Required',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Statuses that another try may change. */
const RETRYABLE: ReadonlySet<number> = new Set([408, 429, 503]);

/** Seconds after which another try makes sense; faults that a person must mend take longer. */
const RETRY_AFTER_S: Partial<Readonly<Record<ErrorCode, number>>> = {
  rate_limited: 10,
  overloaded: 2,
  model_loading: 2,
  model_missing: 30,
  model_integrity: 30,
  storage_unavailable: 5,
  runtime_dead: 5,
};

/** What went wrong, as the API shows it. */
export type Problem = ReturnType<typeof describeProblem>;

/**
 * Describes what went wrong, for an answer of its own or as a part of one.
 *
 * @param detail A sentence for the person who called.
 * @see RFC 9457
 */
export function describeProblem(code: ErrorCode, detail: string, requestId: string) {
  const status = ERROR_STATUS[code];
  return {
    type: 'about:blank',
    title: TITLES[status],
    status,
    detail,
    code,
    retryable: RETRYABLE.has(status),
    request_id: requestId,
  };
}

/**
 * Makes the answer to a request that failed, and notes the code for the log.
 *
 * @param detail A sentence for the person who called.
 */
export function problem(c: AppContext, code: ErrorCode, detail: string): Response {
  c.get('record').notes.code = code;
  const wait = RETRY_AFTER_S[code];
  if (wait !== undefined) c.header('Retry-After', String(wait));
  if (code === 'unauthorized') c.header('WWW-Authenticate', 'Bearer');
  c.header('Content-Type', 'application/problem+json');
  const body = describeProblem(code, detail, c.get('requestId'));
  return c.body(JSON.stringify(body), body.status);
}
