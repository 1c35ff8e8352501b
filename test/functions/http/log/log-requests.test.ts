import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EntailError } from '../../../../functions/lib/entail-error.ts';
import { makeApiKey } from '../../../../scripts/lib/make-api-key.ts';
import { smallPng } from '../../pipeline/fake-parts.ts';
import { fakeApp } from '../fake-service.ts';

const IMAGE = smallPng();
const BATCH = '/v1/entail/batch';

function batch(hypotheses: readonly string[], headers: Record<string, string> = {}): RequestInit {
  const image = Buffer.from(IMAGE).toString('base64');
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ image, hypotheses }),
  };
}

describe('logRequests()', () => {
  it('says of an answer who asked, how much was sent, and what it was about', async () => {
    const { key, entry } = await makeApiKey('alice');
    const { send, log, model } = await fakeApp(null, { API_KEYS: entry });
    const headers = { 'Content-Type': 'image/png', Authorization: `Bearer ${key}` };
    const init = { method: 'POST', body: IMAGE, headers };
    const answer = await send('/v1/entail?hypothesis=a+dog', init);
    const [{ wait_ms, upload_ms, total_ms, ...line } = assert.fail()] = log;
    assert.deepEqual(line, {
      level: 'info',
      request_id: answer.headers.get('X-Request-Id'),
      method: 'POST',
      route: '/v1/entail',
      status: 200,
      key: 'alice',
      body_bytes: IMAGE.length,
      image_bytes: IMAGE.length,
      width: 4,
      height: 3,
      hypotheses: 1,
      revision: model.revision,
    });
    const [wait = -1, upload = -1] = [wait_ms, upload_ms];
    assert.ok(wait >= 0 && upload >= 0 && total_ms >= wait + upload);
  });

  it('writes one line whatever the request, with the pattern of its route', async () => {
    const { send, log } = await fakeApp();
    for (const [method, path, route, status] of [
      ['GET', '/livez', '/livez', 200],
      ['HEAD', '/livez', '/livez', 200],
      ['GET', '/readyz', '/readyz', 200],
      ['GET', '/v1/model', '/v1/model', 200],
      ['GET', '/secret', '/*', 404],
      ['GET', '/v1/secret', '/v1/*', 404],
      ['GET', '/v1/entail', '/v1/*', 405],
      ['POST', '/v1/entail?hypothesis=secret', '/v1/entail', 422],
    ] as const) {
      await send(path, { method });
      const line = log.pop();
      assert.deepEqual([line?.method, line?.route, line?.status], [method, route, status], path);
      assert.equal(log.length, 0);
      assert.doesNotMatch(JSON.stringify(line), /secret/);
    }
  });

  it('counts the items of a batch without a verdict, and one of our own faults is an error', async () => {
    const { send, log } = await fakeApp();
    await send(BATCH, batch(['a', '', 'b', '']));
    await send(BATCH, batch(['a', '', 'fault', 'b']));
    const [first = assert.fail(), second = assert.fail()] = log;
    assert.deepEqual(
      [first.level, first.status, first.hypotheses, first.item_codes, first.error],
      ['info', 200, 4, { bad_text: 2 }, undefined],
    );
    assert.deepEqual(
      [second.level, second.status, second.item_codes, second.error, second.cause],
      ['error', 200, { bad_text: 1, inference_invalid: 1 }, 'EntailError', 'RangeError'],
    );
    assert.match(second.at ?? '', /fake-service/);
    assert.equal(log.length, 2);
  });

  it('waits for the end of a stream, and says why one broke off', async () => {
    const accept = { Accept: 'application/x-ndjson' };
    const { send, log, gate } = await fakeApp();
    const answer = await send(BATCH, batch(['a', 'wait', 'b'], accept));
    assert.equal(answer.status, 200);
    assert.equal(log.length, 0);
    gate.resolve();
    await answer.text();
    const line = log.shift();
    assert.deepEqual([line?.status, line?.hypotheses, line?.code], [200, 3, undefined]);

    const broken = await send(BATCH, batch(['a', 'break'], accept));
    await assert.rejects(broken.text());
    const end = log.shift();
    assert.deepEqual([end?.level, end?.status, end?.code], ['error', 200, 'runtime_dead']);
    assert.equal(log.length, 0);
  });

  it('does not wait for whoever never reads the stream', async () => {
    const { send, log } = await fakeApp();
    await send(BATCH, batch(['a', 'b'], { Accept: 'application/x-ndjson' }));
    await new Promise(setImmediate);
    assert.equal(log.length, 1);
  });

  it('has nothing in it that was sent: no text, body, file, key, address, path or message', async () => {
    const SECRET = 'zanzibar';
    const file = Buffer.from(SECRET.repeat(8));
    const texts = { hypothesis: SECRET, premise: SECRET };
    const headers = {
      Authorization: `Bearer ${SECRET}`,
      'CF-Connecting-IP': SECRET,
      'X-Request-Id': `not fit: ${SECRET}`,
      'User-Agent': SECRET,
    };
    const form = new FormData();
    form.set('image', new Blob([file]), SECRET);
    form.set('hypothesis', SECRET);
    form.set(SECRET, SECRET);
    const jsonHeaders = { ...headers, 'Content-Type': 'application/json' };
    const requests: readonly (readonly [string, RequestInit])[] = [
      ['/v1/entail', { body: form, headers }],
      [
        '/v1/entail',
        {
          body: JSON.stringify({ image: file.toString('base64'), ...texts }),
          headers: jsonHeaders,
        },
      ],
      ['/v1/entail', { body: `{"${SECRET}`, headers: jsonHeaders }],
      [
        `/v1/entail?${new URLSearchParams(texts)}`,
        { body: file, headers: { ...headers, 'Content-Type': 'image/png' } },
      ],
      ['/v1/entail', { body: 'x', headers: { ...headers, 'Content-Type': SECRET } }],
      [BATCH, batch([SECRET, '', 'fault'], headers)],
      [BATCH, batch([SECRET, 'break'], { ...headers, Accept: 'application/x-ndjson' })],
      [`/${SECRET}`, { headers }],
      [`/v1/${SECRET}?${SECRET}`, { headers }],
    ];
    const faults = [
      null,
      new Error(SECRET, { cause: new Error(SECRET) }),
      new Error(`x\n    at ${SECRET}`),
      new EntailError('storage_unavailable', SECRET, { cause: SECRET }),
      SECRET,
      Object.assign(new Error(SECRET), { stack: `Error: ${SECRET}\n    at f (worker.js:1:1)` }),
    ];
    const limit = () => Promise.reject(new Error(SECRET));
    let lines = 0;
    for (const fault of faults) {
      for (const access of [
        {},
        { RATE_LIMITER: { limit } },
        { API_KEYS: 'a'.repeat(64) },
        { API_KEYS: SECRET },
        { ALLOWED_ORIGINS: SECRET },
      ]) {
        const { send, log } = await fakeApp(fault, access);
        for (const [path, init] of requests) {
          const answer = await send(path, { method: 'POST', ...init });
          await answer.text().catch(() => {});
        }
        assert.equal(log.length, requests.length);
        assert.doesNotMatch(JSON.stringify(log), new RegExp(SECRET, 'i'));
        assert.ok(!JSON.stringify(log).includes(file.toString('base64').slice(4, 16)));
        lines += log.length;
      }
    }
    assert.equal(lines, faults.length * 5 * requests.length);
  });
});
