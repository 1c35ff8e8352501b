import * as z from 'zod/mini';
import { ERROR_CODES, ERROR_STATUS } from '../../lib/entail-error.ts';

/** What went wrong, as the API shows it: RFC 9457, and three members of our own. */
export const problemSchema = z.object({
  type: z.literal('about:blank'),
  /** The status in the words of RFC 9110. */
  title: z.string().check(z.minLength(1)),
  status: z.literal([...new Set(Object.values(ERROR_STATUS))]),
  /** A sentence for the person who called. */
  detail: z.string().check(z.minLength(1)),
  /** For programs. */
  code: z.enum(ERROR_CODES),
  /** Whether the same request may get another answer later. */
  retryable: z.boolean(),
  /** Also in the header `X-Request-Id`. */
  request_id: z.string().check(z.minLength(1)),
});
