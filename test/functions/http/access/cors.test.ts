import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeApiKey } from '../../../../scripts/lib/make-api-key.ts';
import { fakeApp } from '../fake-service.ts';

const ORIGIN = 'https://app.example';
const ALLOWED_ORIGINS = `${ORIGIN}, https://other.example`;
const { key, entry: API_KEYS } = await makeApiKey('alice');
const PREFLIGHT = {
  method: 'OPTIONS',
  headers: {
    Origin: ORIGIN,
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'authorization,content-type',
  },
};

const header = (answer: Response, name: string) => answer.headers.get(name);
const corsHeaders = (answer: Response) =>
  [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'));

describe('ALLOWED_ORIGINS', () => {
  it('is not set: no answer has a CORS header', async () => {
    const { send } = await fakeApp();
    for (const init of [PREFLIGHT, { headers: { Origin: ORIGIN } }]) {
      const answer = await send('/v1/model', init);
      assert.deepEqual([corsHeaders(answer), header(answer, 'Vary')], [[], null]);
    }
  });

  it('is set: a preflight is answered without a key', async () => {
    const { send } = await fakeApp(null, { ALLOWED_ORIGINS, API_KEYS });
    const answer = await send('/v1/entail', PREFLIGHT);
    assert.equal(answer.status, 204);
    assert.equal(header(answer, 'Access-Control-Allow-Origin'), ORIGIN);
    assert.equal(header(answer, 'Access-Control-Allow-Methods'), 'GET,HEAD,POST');
    assert.match(
      header(answer, 'Access-Control-Allow-Headers') ?? '',
      /Authorization,Content-Type/,
    );
    assert.match(header(answer, 'Vary') ?? '', /Origin/);
    assert.ok(Number(header(answer, 'Access-Control-Max-Age')) > 0);
  });

  it('is set: pages of these origins may read answers and problems, of others none', async () => {
    const limit = async () => ({ success: false });
    const open = await fakeApp(null, { ALLOWED_ORIGINS });
    const locked = await fakeApp(null, { ALLOWED_ORIGINS, API_KEYS });
    const busy = await fakeApp(null, { ALLOWED_ORIGINS, RATE_LIMITER: { limit } });
    for (const [app, path, status] of [
      [open, '/v1/model', 200],
      [open, '/v1/nowhere', 404],
      [open, '/v1/entail', 405],
      [locked, '/v1/model', 401],
      [busy, '/v1/model', 429],
    ] as const) {
      for (const [origin, allowed] of [
        [ORIGIN, ORIGIN],
        ['https://other.example', 'https://other.example'],
        ['https://evil.example', null],
        ['https://app.example.evil.example', null],
        ['null', null],
      ] as const) {
        const answer = await app.send(path, { headers: { Origin: origin } });
        assert.equal(answer.status, status);
        assert.equal(header(answer, 'Access-Control-Allow-Origin'), allowed, `${path} ${origin}`);
        assert.equal(header(answer, 'Vary'), 'Origin', path);
        const exposed = header(answer, 'Access-Control-Expose-Headers') ?? '';
        for (const name of ['Retry-After', 'X-Request-Id']) assert.ok(exposed.includes(name));
        assert.equal(header(answer, 'Access-Control-Allow-Credentials'), null);
      }
    }
  });

  it('is *: any page may, and answers do not vary', async () => {
    const { send } = await fakeApp(null, { ALLOWED_ORIGINS: '*', API_KEYS });
    const headers = { Origin: 'https://any.example', Authorization: `Bearer ${key}` };
    for (const init of [PREFLIGHT, { headers }]) {
      const answer = await send('/v1/model', init);
      assert.equal(header(answer, 'Access-Control-Allow-Origin'), '*');
    }
    assert.equal(header(await send('/v1/model', { headers }), 'Vary'), null);
  });

  it('is malformed: nothing of the API answers', async () => {
    for (const wrong of ['', 'app.example', `${ORIGIN}/`]) {
      const { send } = await fakeApp(null, { ALLOWED_ORIGINS: wrong });
      const answer = await send('/v1/model');
      assert.equal(answer.status, 500);
      assert.match((await answer.json()).detail, /ALLOWED_ORIGINS is malformed/);
    }
  });
});
