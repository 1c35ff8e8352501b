import { EndpointError } from './endpoint-error.ts';
import { isErrorCode } from './error-codes.ts';
import { memberOf } from './member-of.ts';

/** Statuses that another try may change, where no problem says whether it may: a proxy answered. */
const RETRYABLE_STATUSES: readonly number[] = [408, 429, 502, 503, 504];
/** Enough to recognise a proxy's page. */
const MAX_QUOTED_CHARACTERS = 200;

/**
 * Reads why an endpoint, or what stands before it, has refused.
 *
 * @param response Its status is an error.
 * @param body The response's text.
 */
export function readError({ status, headers }: Response, body: string): EndpointError {
  const problem = parseJson(body);
  const [code, detail] = [memberOf(problem, 'code'), memberOf(problem, 'detail')];
  const known = isErrorCode(code);
  const retryable = memberOf(problem, 'retryable');
  const quoted = body.trim().slice(0, MAX_QUOTED_CHARACTERS);
  return new EndpointError(
    known && typeof detail === 'string' ? detail : `the endpoint answered ${status}: ${quoted}`,
    {
      code: known ? code : 'unexpected_answer',
      status,
      retryable: typeof retryable === 'boolean' ? retryable : RETRYABLE_STATUSES.includes(status),
      requestId: headers.get('X-Request-Id'),
      retryAfterSeconds: readRetryAfter(headers.get('Retry-After')),
    },
  );
}

/**
 * Reads the header: seconds, or a date.
 *
 * @see RFC 9110, section 10.2.3
 */
function readRetryAfter(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, (date - Date.now()) / 1000);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
