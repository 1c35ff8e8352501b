import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readError } from '../../client/read-error.ts';

const PROBLEM = {
  code: 'overloaded',
  detail: 'cannot take it: 16 requests wait',
  retryable: true,
  request_id: 'in-the-body',
};

function error(status: number, body: string, headers: Record<string, string> = {}) {
  return readError(new Response(null, { status, headers }), body);
}

describe('readError()', () => {
  it('reads a problem: its code, sentence, status and headers', () => {
    const headers = { 'Retry-After': '4', 'X-Request-Id': 'abc' };
    const { name, message, code, status, retryable, requestId, retryAfterSeconds } = error(
      503,
      JSON.stringify(PROBLEM),
      headers,
    );
    assert.deepEqual(
      { name, message, code, status, retryable, requestId, retryAfterSeconds },
      {
        name: 'EndpointError',
        message: 'cannot take it: 16 requests wait',
        code: 'overloaded',
        status: 503,
        retryable: true,
        requestId: 'abc',
        retryAfterSeconds: 4,
      },
    );
  });

  it('believes the problem about another try, not the status', () => {
    assert.equal(error(503, JSON.stringify({ ...PROBLEM, retryable: false })).retryable, false);
    assert.equal(error(500, JSON.stringify({ ...PROBLEM, retryable: true })).retryable, true);
  });

  it('reads a date as seconds from now, a past one as none, nonsense as nothing', () => {
    const seconds = (header: string) => error(503, '', { 'Retry-After': header }).retryAfterSeconds;
    const ahead = seconds(new Date(Date.now() + 30_000).toUTCString());
    // The date has whole seconds, and some time has passed since it was written.
    assert.ok(ahead !== null && ahead > 25 && ahead <= 30, `${ahead}`);
    assert.equal(seconds('Wed, 21 Oct 2015 07:28:00 GMT'), 0);
    assert.equal(seconds('soon'), null);
  });

  it('quotes the start of what is no problem, and retries what a proxy may mend', () => {
    const page = error(502, `<html>${'x'.repeat(1000)}`);
    assert.equal(page.code, 'unexpected_answer');
    assert.equal(page.message, `the endpoint answered 502: <html>${'x'.repeat(194)}`);
    assert.equal(page.retryable, true);
    for (const status of [400, 401, 403, 404, 500, 501]) {
      assert.equal(error(status, '').retryable, false, `${status}`);
    }
  });

  it('keeps a code that it does not know out of its types, and in its message', () => {
    const later = error(418, JSON.stringify({ ...PROBLEM, code: 'teapot', retryable: false }));
    assert.equal(later.code, 'unexpected_answer');
    assert.match(later.message, /"teapot"/);
  });
});
