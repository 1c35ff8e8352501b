import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test, { type TestContext } from 'node:test';
import { createFetchModelFile } from '../../../public/engine/endpoint-files.ts';

/** Serves one answer, and notes what was asked. */
async function serve(t: TestContext, status: number, body: string) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    response.writeHead(status).end(body);
  });
  t.after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') assert.fail('no port');
  return { endpoint: `http://127.0.0.1:${address.port}`, asked };
}

test('createFetchModelFile() asks with the key, where there is one', async (t) => {
  const { endpoint, asked } = await serve(t, 200, 'shard');
  const response = await createFetchModelFile({ endpoint, apiKey: 'secret' })('blobs/1', 'default');
  assert.equal(await response?.text(), 'shard');
  await (await createFetchModelFile({ endpoint })('manifest', 'no-cache'))?.text();
  assert.deepEqual(asked, ['/v1/model/blobs/1 Bearer secret', '/v1/model/manifest undefined']);
});

test('createFetchModelFile() gives null for what is not there', async (t) => {
  const { endpoint } = await serve(t, 404, '{}');
  assert.equal(await createFetchModelFile({ endpoint })('blobs/1', 'default'), null);
});

test('createFetchModelFile() passes on why the endpoint refuses, else what the status was', async (t) => {
  for (const [body, expected] of [
    ['{"code":"rate_limited","detail":"too many"}', { code: 'rate_limited', message: 'too many' }],
    ['{"code":"invented","detail":"x"}', { code: 'storage_unavailable', message: /status 503/ }],
    ['<html>', { code: 'storage_unavailable', message: /status 503/ }],
    ['null', { code: 'storage_unavailable', message: /status 503/ }],
  ] as const) {
    const { endpoint } = await serve(t, 503, body);
    await assert.rejects(createFetchModelFile({ endpoint })('manifest', 'no-cache'), expected);
  }
});

test('createFetchModelFile() says that nobody is there', async () => {
  const endpoint = 'http://127.0.0.1:1';
  await assert.rejects(createFetchModelFile({ endpoint })('manifest', 'no-cache'), {
    code: 'storage_unavailable',
    message: 'cannot reach http://127.0.0.1:1',
  });
});
