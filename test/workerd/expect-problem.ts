import assert from 'node:assert/strict';
import type * as z from 'zod';
import { ERROR_STATUS, type ErrorCode } from '../../functions/lib/entail-error.ts';
import { problemSchema } from '../../scripts/lib/problem-schema.ts';
import type { Answer } from './post-entail.ts';

/** A problem as it went over the wire. */
export type Problem = z.infer<typeof problemSchema>;

/** Asserts that an answer is the problem of this code, complete and without a label. */
export function expectProblem({ status, headers, text }: Answer, code: ErrorCode): Problem {
  assert.ok(text.includes(`"code":"${code}"`), `expected ${code}, found ${status} ${text}`);
  assert.equal(headers.get('Content-Type'), 'application/problem+json');
  const problem = problemSchema.parse(JSON.parse(text));
  assert.equal(problem.code, code);
  assert.equal(status, ERROR_STATUS[code]);
  assert.equal(problem.status, status);
  assert.equal(problem.retryable, [408, 429, 503].includes(status));
  assert.equal(headers.has('Retry-After'), [429, 503].includes(status), 'Retry-After');
  assert.equal(headers.get('X-Request-Id'), problem.request_id);
  return problem;
}
