import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { EndpointProblem } from '../../../scripts/lib/endpoint-problem.ts';
import { fetchEndpoint } from '../../../scripts/lib/fetch-endpoint.ts';

async function serve(
  t: TestContext,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<URL> {
  const server = createServer((_, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return new URL(`http://127.0.0.1:${address.port}/`);
}

describe('fetchEndpoint()', () => {
  it('gives what the JSON says, null for anything else', async (t) => {
    assert.deepEqual(await fetchEndpoint(await serve(t, 200, '{"a": 1}')), { a: 1 });
    assert.equal(await fetchEndpoint(await serve(t, 200, '<html>')), null);
  });

  it('sends the key that the environment names, and no other', async (t) => {
    const server = createServer(({ headers }, response) => response.end(JSON.stringify(headers)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const url = new URL(`http://127.0.0.1:${address.port}/`);
    const sent = async () => Object(await fetchEndpoint(url)).authorization;
    assert.equal(await sent(), undefined);
    process.env.EDGE_ENTAIL_API_KEY = 'ee_x';
    t.after(() => delete process.env.EDGE_ENTAIL_API_KEY);
    assert.equal(await sent(), 'Bearer ee_x');
  });

  it('throws a problem with its code, sentence, status and Retry-After', async (t) => {
    const body = JSON.stringify({ code: 'overloaded', detail: 'cannot take it' });
    const url = await serve(t, 503, body, { 'Retry-After': '4' });
    const problem = await fetchEndpoint(url).catch((error: unknown) => error);
    assert.ok(problem instanceof EndpointProblem);
    assert.equal(problem.message, 'cannot take it (overloaded)');
    assert.deepEqual([problem.status, problem.retryAfter], [503, '4']);
  });

  it('quotes the start of an error that is no problem', async (t) => {
    const url = await serve(t, 502, 'x'.repeat(1000));
    await assert.rejects(fetchEndpoint(url), { message: `status 502: ${'x'.repeat(200)}` });
  });

  it('says which address nobody answers at', async () => {
    await assert.rejects(fetchEndpoint(new URL('http://127.0.0.1:9/')), {
      message: 'cannot reach http://127.0.0.1:9/: does the endpoint run there?',
    });
  });
});
