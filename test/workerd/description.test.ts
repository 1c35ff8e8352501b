import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { MAX_IMAGE_BYTES } from '../../functions/http/limits.ts';
import type { ErrorCode } from '../../functions/lib/entail-error.ts';
import { MAX_TEXT_CHARACTERS } from '../../functions/text/check-text.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { makeApiKey } from '../../scripts/lib/make-api-key.ts';
import { makeFrame, makeJpeg, SCAN } from '../../scripts/lib/make-jpeg.ts';
import { makePng } from '../../scripts/lib/make-png.ts';
import { CODE_WORDS } from '../../scripts/openapi/code-words.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { apiDescription, expectDescribed } from '../lib/api-description.ts';
import { bundleOnce } from './bundle-once.ts';
import { postZeros } from './post-zeros.ts';

const bundleFolder = await bundleOnce();
const open = await startLocalWorker({ modelFolder: defaultModelFolder, bundleFolder });
const alice = await makeApiKey('alice');
const guarded = await startLocalWorker({
  modelFolder: null,
  bundleFolder,
  settings: { API_KEYS: alice.entry },
  requestsPerMinute: 5,
  onLine: () => {},
});
after(() => Promise.all([open.dispose(), guarded.dispose()]));

const PNG = imageFixture('rgb.png');
const JPEG = imageFixture('baseline-420.jpg');
const RAW = '/v1/entail?hypothesis=a+dog';

/** Sends a request to an endpoint and asserts that its answer is described. */
async function send(origin: string, path: string, init: RequestInit = {}) {
  const response = await fetch(`${origin}${path}`, init);
  const { status, headers } = response;
  const answer = { status, headers, text: await response.text() };
  expectDescribed(init.method ?? 'GET', new URL(path, origin).pathname, answer);
  return answer;
}

function post(type: string, body: string | Uint8Array): RequestInit {
  const sent = typeof body === 'string' ? body : new Uint8Array(body);
  return { method: 'POST', headers: { 'Content-Type': type }, body: sent };
}

function image(bytes: Uint8Array): RequestInit {
  return post('image/jpeg', bytes);
}

function json(value: unknown): RequestInit {
  return post('application/json', JSON.stringify(value));
}

function flipped(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 1 : byte));
}

/** The words of a message: sizes and hashes differ. */
function wording(detail: string): string {
  return detail.replace(/[0-9a-f]{64}|\d+(\.\d+)?/g, 'N');
}

const hugePng = { width: 6000, height: 4000, depth: 8, colourType: 2, rows: new Uint8Array(100) };
const bearer = (key: string) => ({ headers: { Authorization: `Bearer ${key}` } });
const PROBLEMS: readonly (readonly [ErrorCode, string, string, RequestInit?])[] = [
  ['bad_request', open.url, '/v1/entail', post('application/json', '{')],
  ['bad_text', open.url, '/v1/entail?hypothesis=%00', image(JPEG)],
  ['unsupported_media', open.url, RAW, post('text/plain', 'x')],
  ['unsupported_jpeg', open.url, RAW, image(makeJpeg(makeFrame(0xc3), SCAN))],
  ['image_too_large', open.url, RAW, image(makePng(hugePng))],
  ['invalid_request', open.url, '/v1/entail', image(JPEG)],
  ['invalid_request', open.url, '/v1/entail/batch', image(JPEG)],
  ['image_truncated', open.url, RAW, image(JPEG.slice(0, 5000))],
  ['image_truncated', open.url, `/v1/entail/batch?text=a`, image(JPEG.slice(0, 5000))],
  ['image_corrupt', open.url, RAW, image(flipped(PNG))],
  ['body_too_large', open.url, RAW, image(new Uint8Array(MAX_IMAGE_BYTES + 1))],
  ['not_found', open.url, `/v1/model/blobs/${'0'.repeat(64)}`],
  ['unauthorized', guarded.url, '/v1/model'],
  ['model_missing', guarded.url, '/v1/model', bearer(alice.key)],
  ['model_missing', guarded.url, '/v1/model/manifest', bearer(alice.key)],
  ['model_missing', guarded.url, '/readyz'],
];

describe('answers of the Worker are described', () => {
  it('verdicts, whatever the form', async () => {
    const form = new FormData();
    form.set('image', new Blob([Uint8Array.from(JPEG)]), 'photo.jpg');
    form.set('hypothesis', 'a dog');
    await send(open.url, '/v1/entail', { method: 'POST', body: form });
    await send(open.url, RAW, image(JPEG));
    const { text } = await send(open.url, `${RAW}&explain=true`, image(JPEG));
    const [rows, columns] = JSON.parse(text).explanation.grid;
    assert.equal(JSON.parse(text).explanation.attention.length, rows * columns);
    const base64 = Buffer.from(JPEG).toString('base64');
    await send(open.url, '/v1/entail', json({ image: base64, hypothesis: 'a dog' }));
  });

  it('batches, as JSON and line by line, problems among them', async () => {
    const path = '/v1/entail/batch?text=a+dog&text=%00';
    const { text } = await send(open.url, path, image(JPEG));
    assert.equal(JSON.parse(text).results[1].code, 'bad_text');
    const { headers, ...rest } = image(JPEG);
    const accept = { ...Object(headers), Accept: 'application/x-ndjson' };
    const lines = await send(open.url, path, { ...rest, headers: accept });
    assert.equal(lines.text.trimEnd().split('\n').length, 2);
  });

  it('the model, its files, health, this description and the page of it', async () => {
    const { text } = await send(open.url, '/v1/model/manifest');
    const [sha256 = assert.fail()] = /[0-9a-f]{64}/.exec(text) ?? [];
    const blob = `/v1/model/blobs/${sha256}`;
    for (const path of ['/v1/model', blob, '/livez', '/readyz', '/openapi.json', '/docs']) {
      await send(open.url, path);
    }
    for (const path of ['/v1/model/manifest', blob, '/openapi.json']) {
      const tag = (await fetch(`${open.url}${path}`)).headers.get('ETag') ?? assert.fail(path);
      const { status } = await send(open.url, path, { headers: { 'If-None-Match': tag } });
      assert.equal(status, 304, path);
    }
  });

  it('problems, in the words of the examples', async () => {
    for (const [code, origin, path, init] of PROBLEMS) {
      const { text } = await send(origin, path, init);
      const problem = JSON.parse(text);
      assert.equal(problem.code, code, text);
      assert.equal(wording(problem.detail), wording(CODE_WORDS[code].detail));
    }
  });

  it('a body that is announced too large, unread', async () => {
    const answer = await postZeros(open.url, { 'Content-Length': '99999999' }, 0);
    assert.equal(JSON.parse(answer.text).code, 'body_too_large');
    expectDescribed('POST', '/v1/entail', answer);
  });

  it('too many requests', async () => {
    for (let i = 0; ; i++) {
      assert.ok(i < 20, 'never limited');
      const { status } = await send(guarded.url, '/v1/model', bearer('wrong'));
      if (status === 429) break;
    }
  });

  it('other methods, with those that are allowed', async () => {
    for (const [pattern, methods] of Object.entries(apiDescription.paths)) {
      const [known = assert.fail()] = Object.keys(methods);
      const path = pattern.replace('{sha256}', 'x');
      const method = known === 'get' ? 'DELETE' : 'GET';
      const response = await fetch(`${open.url}${path}`, { method });
      const { status, headers } = response;
      assert.equal(status, 405, path);
      expectDescribed(known, path, { status, headers, text: await response.text() });
    }
  });
});

describe('limits of the description are those of the Worker', () => {
  it('characters of a text, counted as JSON Schema counts them', async () => {
    const base64 = Buffer.from(JPEG).toString('base64');
    for (const character of ['a', '🐦']) {
      const fits = { image: base64, hypothesis: character.repeat(MAX_TEXT_CHARACTERS) };
      const more = { ...fits, hypothesis: `${fits.hypothesis}${character}` };
      for (const [sent, taken] of [
        [fits, true],
        [more, false],
      ] as const) {
        const { text } = await send(open.url, '/v1/entail', json(sent));
        assert.equal(JSON.parse(text).code !== 'invalid_request', taken, text);
      }
    }
  });
});
