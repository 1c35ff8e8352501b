import assert from 'node:assert/strict';
import test from 'node:test';
import { EntailError, ERROR_STATUS, type ErrorCode } from '../../../functions/lib/entail-error.ts';
import { fakeApp } from './fake-service.ts';

const RAW = { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: 'x' };

function isCode(code: string): code is ErrorCode {
  return code in ERROR_STATUS;
}

test('createApp() answers every code of the closed list as a problem of its status', async () => {
  for (const code of Object.keys(ERROR_STATUS).filter(isCode)) {
    const { send } = await fakeApp(new EntailError(code, `cannot: ${code}`));
    const answer = await send('/v1/entail?hypothesis=x', RAW);
    const status = ERROR_STATUS[code];
    assert.equal(answer.status, status, code);
    assert.equal(answer.headers.get('Content-Type'), 'application/problem+json');
    const { title, request_id, ...rest } = await answer.json();
    assert.ok(title.length > 5, code);
    assert.equal(request_id, answer.headers.get('X-Request-Id'));
    assert.deepEqual(rest, {
      type: 'about:blank',
      status,
      detail: `cannot: ${code}`,
      code,
      retryable: [408, 429, 503].includes(status),
    });
    const wait = answer.headers.get('Retry-After');
    if (status === 429 || status === 503) assert.match(wait ?? 'none', /^[1-9]\d*$/, code);
    else assert.equal(wait, null, code);
  }
});

test('createApp() keeps the message of an unknown fault to itself, and logs one line', async () => {
  const fault = new TypeError('secret\nof the body');
  const { send, log } = await fakeApp(fault);
  const answer = await send('/v1/entail?hypothesis=secret', RAW);
  const text = await answer.text();
  assert.equal(answer.status, 500);
  assert.equal(JSON.parse(text).code, 'internal');
  assert.doesNotMatch(text, /secret/);
  assert.equal(log.length, 1);
  const [{ level, code, error, cause, at } = assert.fail()] = log;
  assert.deepEqual([level, code, error, cause], ['error', 'internal', 'TypeError', 'undefined']);
  assert.match(String(at), /app\.test\.ts/);
  assert.doesNotMatch(JSON.stringify(log), /secret/);
});

test('createApp() answers a fault that is no Error as well, and logs what kind of thing it was', async () => {
  for (const fault of [5_242_880, 'secret', { message: 'secret' }]) {
    const { send, log } = await fakeApp(fault);
    const answer = await send('/v1/entail?hypothesis=x', RAW);
    assert.deepEqual([answer.status, (await answer.json()).code], [500, 'internal']);
    const [{ level, code, cause } = assert.fail()] = log;
    assert.deepEqual([level, code, cause], ['error', 'internal', typeof fault]);
    assert.doesNotMatch(JSON.stringify(log), /secret/);
  }
});

test('createApp() logs what is its own fault as an error, and what is the caller’s without a place', async () => {
  for (const [code, level] of [
    ['storage_unavailable', 'error'],
    ['inference_invalid', 'error'],
    ['bad_text', 'info'],
    ['body_too_large', 'info'],
  ] as const) {
    const { send, log } = await fakeApp(new EntailError(code, 'x', { cause: new RangeError() }));
    await send('/v1/entail?hypothesis=x', RAW);
    const [line = assert.fail()] = log;
    assert.deepEqual([log.length, line.level, line.code], [1, level, code]);
    assert.equal(line.cause, level === 'error' ? 'RangeError' : undefined);
  }
});

test('createApp() gives every answer a request id, the caller’s own where it is one', async () => {
  const { send } = await fakeApp();
  for (const path of ['/livez', '/v1/model', '/nowhere', '/v1/entail']) {
    const fresh = (await send(path)).headers.get('X-Request-Id');
    assert.match(fresh ?? 'none', /^[0-9a-f-]{36}$/, path);
    const own = await send(path, { headers: { 'X-Request-Id': 'mine-1' } });
    assert.equal(own.headers.get('X-Request-Id'), 'mine-1', path);
  }
  const bad = await send('/livez', { headers: { 'X-Request-Id': 'not "fit" for a log' } });
  assert.match(bad.headers.get('X-Request-Id') ?? 'none', /^[0-9a-f-]{36}$/);
});

test('createApp() answers 404 for a path it does not know', async () => {
  const { send } = await fakeApp();
  for (const path of ['/nowhere', '/v1', '/v1/entail/', '/v1/entail/x', '/V1/ENTAIL']) {
    const answer = await send(path);
    assert.equal(answer.status, 404, path);
    assert.equal((await answer.json()).code, 'not_found', path);
  }
});

test('createApp() answers 405 with what is allowed for a method it does not know', async () => {
  const { send } = await fakeApp();
  for (const [method, path, allow] of [
    ['GET', '/v1/entail', 'POST'],
    ['PUT', '/v1/entail', 'POST'],
    ['OPTIONS', '/v1/entail', 'POST'],
    ['POST', '/v1/model', 'GET, HEAD'],
    ['DELETE', '/livez', 'GET, HEAD'],
    ['POST', '/readyz', 'GET, HEAD'],
  ] as const) {
    const answer = await send(path, { method });
    assert.equal(answer.status, 405, `${method} ${path}`);
    assert.equal(answer.headers.get('Allow'), allow);
    assert.equal(answer.headers.get('Content-Type'), 'application/problem+json');
    assert.equal((await answer.json()).code, 'method_not_allowed');
  }
});

test('GET /livez is 200 whatever the model does', async () => {
  const { send } = await fakeApp(new EntailError('runtime_dead', 'dead'));
  const answer = await send('/livez');
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), { status: 'live' });
});

test('GET /readyz is 200 with the revision, else the problem', async () => {
  const { send, model } = await fakeApp();
  const answer = await send('/readyz');
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), { status: 'ready', revision: model.revision });
  const broken = await fakeApp(new EntailError('model_integrity', 'a bit flipped'));
  const refused = await broken.send('/readyz');
  assert.equal(refused.status, 503);
  assert.equal((await refused.json()).code, 'model_integrity');
});

test('GET /v1/model describes the model, else says why there is none', async () => {
  const { send, model } = await fakeApp();
  const description = await (await send('/v1/model')).json();
  assert.equal(description.name, 'fake');
  assert.equal(description.revision, model.revision);
  assert.equal(description.state, 'ready');
  const missing = await fakeApp(new EntailError('model_missing', 'no manifest.json'));
  const refused = await missing.send('/v1/model');
  assert.equal(refused.status, 503);
  assert.equal((await refused.json()).code, 'model_missing');
});
