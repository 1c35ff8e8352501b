import { ERROR_STATUS, type ErrorCode } from '../lib/entail-error.ts';

/** What is the same of every problem with one code. */
export interface ErrorFacts {
  readonly status: (typeof ERROR_STATUS)[ErrorCode];
  readonly title: string;
  /** Whether the same request may get another answer later. */
  readonly retryable: boolean;
  /** Seconds until then, for the header Retry-After; null where there is none. */
  readonly retryAfterS: number | null;
}

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

/** Says what every problem with this code has in common. */
export function errorFacts(code: ErrorCode): ErrorFacts {
  const status = ERROR_STATUS[code];
  return {
    status,
    title: TITLES[status],
    retryable: RETRYABLE.has(status),
    retryAfterS: RETRY_AFTER_S[code] ?? null,
  };
}
