import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeApp } from './fake-service.ts';

const SECURITY = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
};

test('createApp() sends the security headers with every answer, no-store with those of the API', async () => {
  const open = await fakeApp();
  const faulty = await fakeApp(new Error('x'));
  const locked = await fakeApp(null, { API_KEYS: 'a'.repeat(64), ALLOWED_ORIGINS: '*' });
  const malformed = await fakeApp(null, { API_KEYS: '' });
  const raw = { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: 'x' };
  const streamed = { ...raw, headers: { ...raw.headers, Accept: 'application/x-ndjson' } };
  const batch = '/v1/entail/batch?hypothesis=x';
  for (const [app, path, init, status] of [
    [open, '/livez', {}, 200],
    [open, '/readyz', {}, 200],
    [open, '/nowhere', {}, 404],
    [open, '/livez', { method: 'PUT' }, 405],
    [open, '/v1/model', {}, 200],
    [open, '/v1/model', { method: 'HEAD' }, 200],
    [open, '/v1/entail?hypothesis=x', raw, 200],
    [open, batch, raw, 200],
    [open, batch, streamed, 200],
    [open, '/v1/nowhere', {}, 404],
    [open, '/v1/entail', {}, 405],
    [faulty, '/v1/model', {}, 500],
    [faulty, batch, streamed, 500],
    [locked, '/v1/model', {}, 401],
    [locked, '/v1/model', { method: 'OPTIONS' }, 204],
    [malformed, '/v1/model', {}, 500],
  ] as const) {
    const { headers, ...answer } = await app.send(path, init).then((found) => ({
      status: found.status,
      headers: found.headers,
    }));
    const name = `${path} ${status}`;
    assert.equal(answer.status, status, name);
    for (const [header, value] of Object.entries(SECURITY)) {
      assert.equal(headers.get(header), value, `${name} ${header}`);
    }
    const expected = path.startsWith('/v1/') ? 'no-store' : null;
    assert.equal(headers.get('Cache-Control'), expected, name);
    assert.equal(headers.get('Strict-Transport-Security'), null);
  }
});
