import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { createSender } from '../../../scripts/soak/send.ts';

const REQUEST = { path: '/', headers: {}, body: Buffer.from('x') };

describe('createSender()', () => {
  it('refuses every host but this machine', () => {
    for (const url of ['http://example.com', 'http://10.0.0.1:8787', 'http://127.0.0.1.example']) {
      assert.throws(() => createSender(url), /cannot send load to .*: only to this machine/);
    }
    for (const url of ['http://127.0.0.1:1', 'http://localhost:1', 'http://[::1]:1']) {
      createSender(url).close();
    }
  });

  it('tells what came back: code, wait, or that the connection broke off', async (t) => {
    const server = createServer((request, response) => {
      if (request.url === '/break') return request.socket.destroy();
      const headers = { 'Content-Type': 'application/problem+json', 'Retry-After': '2' };
      return response.writeHead(503, headers).end('{"code":"overloaded"}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    const sender = createSender(`http://127.0.0.1:${address.port}`);
    t.after(() => sender.close());
    const { ms: _, ...refused } = await sender.send(REQUEST);
    assert.deepEqual(refused, {
      status: 503,
      code: 'overloaded',
      retryAfter: 2,
      text: '{"code":"overloaded"}',
    });
    const broken = await sender.send({ ...REQUEST, path: '/break' });
    assert.deepEqual([broken.status, broken.code], [0, null]);
  });
});
