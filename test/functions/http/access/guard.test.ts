import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeApiKey } from '../../../../scripts/lib/make-api-key.ts';
import { fakeApp } from '../fake-service.ts';

const alice = await makeApiKey('alice');
const bob = await makeApiKey('bob');
const API_KEYS = `${alice.entry},${bob.entry}`;
const OPEN_PATHS = ['/livez', '/readyz'];
const GUARDED_PATHS = ['/v1/model', '/v1/entail', '/v1/entail/batch', '/v1/nowhere', '/v1'];

function bearing(key: string, address?: string): RequestInit {
  const from: Record<string, string> = address === undefined ? {} : { 'CF-Connecting-IP': address };
  return { headers: { Authorization: `Bearer ${key}`, ...from } };
}

/** Lets so many requests of each key pass, and notes the keys. */
function limiterOf(limit: number) {
  const counts = new Map<string, number>();
  return {
    counts,
    async limit({ key }: { readonly key: string }) {
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return { success: count <= limit };
    },
  };
}

describe('API_KEYS', () => {
  it('is not set: everybody may call, whatever Authorization says', async () => {
    const { send, log } = await fakeApp();
    for (const init of [{}, bearing('x'), { headers: { Authorization: 'Basic x' } }]) {
      assert.equal((await send('/v1/model', init)).status, 200);
    }
    assert.ok(log.every((line) => line.key === undefined));
  });

  it('is set: each of the keys opens every path of the API, and the log has its name', async () => {
    const { send, log } = await fakeApp(null, { API_KEYS });
    for (const { key, entry } of [alice, bob]) {
      assert.equal((await send('/v1/model', bearing(key))).status, 200);
      assert.equal(log.at(-1)?.key, entry.split(':', 1)[0]);
      assert.equal((await send('/v1/nowhere', bearing(key))).status, 404);
      assert.equal((await send('/v1/entail', bearing(key))).status, 405);
    }
    const anyCase = { headers: { Authorization: `bearer  ${alice.key}` } };
    assert.equal((await send('/v1/model', anyCase)).status, 200);
  });

  it('is set: without a good key every path of the API is 401, and the others are open', async () => {
    const { send, log } = await fakeApp(null, { API_KEYS });
    const [, aliceHash = ''] = alice.entry.split(':');
    for (const authorization of [
      null,
      '',
      'Bearer',
      'Bearer ',
      alice.key,
      `Basic ${alice.key}`,
      `Bearer ${alice.key} ${bob.key}`,
      `Bearer ${alice.key}, Bearer ${bob.key}`,
      `Bearer ${alice.key}x`,
      `Bearer ${aliceHash}`,
      `Bearer ${alice.entry}`,
      `Bearer ${'x'.repeat(10_000)}`,
    ]) {
      const headers: HeadersInit = authorization === null ? {} : { Authorization: authorization };
      for (const path of GUARDED_PATHS) {
        for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) {
          const answer = await send(path, { method, headers });
          assert.equal(answer.status, 401, `${method} ${path} ${authorization}`);
          assert.equal(answer.headers.get('WWW-Authenticate'), 'Bearer');
          assert.equal(answer.headers.get('Content-Type'), 'application/problem+json');
          if (method !== 'HEAD') assert.equal((await answer.json()).code, 'unauthorized');
          assert.deepEqual([log.at(-1)?.code, log.at(-1)?.key], ['unauthorized', undefined]);
        }
      }
      for (const path of OPEN_PATHS) assert.equal((await send(path, { headers })).status, 200);
    }
  });

  it('is set: a request without a key is refused, its body unread', async () => {
    const { send } = await fakeApp(null, { API_KEYS });
    const body = new ReadableStream(
      { pull: () => assert.fail('the body was read') },
      { highWaterMark: 0 },
    );
    const init = { method: 'POST', body, duplex: 'half', headers: { 'Content-Type': 'image/png' } };
    assert.equal((await send('/v1/entail?hypothesis=x', init)).status, 401);
  });

  it('is malformed: nothing of the API answers, with or without a key, and the log says so', async () => {
    const plain = 'my plain key';
    for (const secret of ['', ' ', plain, `${alice.entry},x`]) {
      const { send, log } = await fakeApp(null, { API_KEYS: secret });
      for (const path of ['/readyz', ...GUARDED_PATHS]) {
        for (const init of [{}, bearing(alice.key), bearing(plain)]) {
          const answer = await send(path, init);
          const { code, detail } = await answer.json();
          assert.deepEqual([answer.status, code], [500, 'internal']);
          assert.match(detail, /API_KEYS is malformed/);
          assert.equal(log.at(-1)?.level, 'error');
        }
      }
      assert.equal((await send('/livez')).status, 200);
    }
  });

  it('is no text: nothing of the API answers', async () => {
    for (const value of [[alice.entry], 1, null, {}]) {
      const access = Object(JSON.parse(JSON.stringify({ API_KEYS: value })));
      const { send } = await fakeApp(null, access);
      assert.equal((await send('/v1/model', bearing(alice.key))).status, 500);
    }
  });
});

describe('RATE_LIMITER', () => {
  it('counts each key by name, wherever it calls from; 429 with Retry-After beyond', async () => {
    const limiter = limiterOf(2);
    const { send, log } = await fakeApp(null, { API_KEYS, RATE_LIMITER: limiter });
    const statuses: number[] = [];
    for (const address of ['203.0.113.1', '203.0.113.2', '203.0.113.3']) {
      statuses.push((await send('/v1/model', bearing(alice.key, address))).status);
    }
    assert.deepEqual(statuses, [200, 200, 429]);
    const refused = await send('/v1/model', bearing(alice.key));
    assert.equal((await refused.json()).code, 'rate_limited');
    assert.match(refused.headers.get('Retry-After') ?? '', /^[1-9]\d*$/);
    assert.deepEqual([log.at(-1)?.code, log.at(-1)?.key], ['rate_limited', 'alice']);
    assert.equal((await send('/v1/model', bearing(bob.key))).status, 200);
    assert.deepEqual([...limiter.counts.keys()], ['key:alice', 'key:bob']);
  });

  it('counts wrong keys by address, so that guessing is limited, and nobody else is', async () => {
    const limiter = limiterOf(2);
    const { send } = await fakeApp(null, { API_KEYS, RATE_LIMITER: limiter });
    const statuses: number[] = [];
    for (const guess of ['1', '2', '3', '4']) {
      statuses.push((await send('/v1/model', bearing(guess, '203.0.113.1'))).status);
    }
    assert.deepEqual(statuses, [401, 401, 429, 429]);
    assert.equal((await send('/v1/model', bearing('5', '203.0.113.2'))).status, 401);
    assert.equal((await send('/v1/model', bearing(alice.key, '203.0.113.1'))).status, 200);
  });

  it('counts by address when everybody may call, and nothing outside the API', async () => {
    const limiter = limiterOf(1);
    const { send } = await fakeApp(null, { RATE_LIMITER: limiter });
    const from = (address: string) => ({ headers: { 'CF-Connecting-IP': address } });
    for (const path of OPEN_PATHS) await send(path, from('203.0.113.1'));
    assert.equal(limiter.counts.size, 0);
    assert.equal((await send('/v1/model', from('203.0.113.1'))).status, 200);
    assert.equal((await send('/v1/model', from('203.0.113.1'))).status, 429);
    assert.equal((await send('/v1/model', from('203.0.113.2'))).status, 200);
  });

  it('fails: requests go on without, and each line in the log says so', async () => {
    for (const limit of [
      () => Promise.reject(new RangeError('203.0.113.1')),
      () => {
        throw new RangeError('203.0.113.1');
      },
    ]) {
      const { send, log } = await fakeApp(null, { API_KEYS, RATE_LIMITER: { limit } });
      assert.equal((await send('/v1/model', bearing(alice.key))).status, 200);
      assert.equal((await send('/v1/model')).status, 401);
      for (const { level, rate_limiter, error } of log) {
        assert.deepEqual([level, rate_limiter, error], ['error', 'failed', 'RangeError']);
      }
      assert.equal(log.length, 2);
      assert.doesNotMatch(JSON.stringify(log), /203/);
    }
  });
});
