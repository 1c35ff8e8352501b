import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { makeApiKey } from '../../scripts/lib/make-api-key.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { bundleOnce } from './bundle-once.ts';
import { expectProblem } from './expect-problem.ts';
import { expectVerdict } from './expect-verdict.ts';
import { postZeros } from './post-zeros.ts';
import { REQUEST_FORMS } from './request-forms.ts';

/** More than any test but the one of the limit asks for with one key. */
const REQUESTS_PER_MINUTE = 20;
const ORIGIN = 'https://app.example';
const QUESTION = {
  image: imageFixture('rgb.png'),
  hypothesis: 'there is a zanzibar.',
  premise: 'a zanzibar at night',
};

const alice = await makeApiKey('alice');
const bob = await makeApiKey('bob');
const carol = await makeApiKey('carol');
const lines: string[] = [];
const bundleFolder = await bundleOnce();
const worker = await startLocalWorker({
  modelFolder: defaultModelFolder,
  bundleFolder,
  settings: {
    API_KEYS: [alice, bob, carol].map(({ entry }) => entry).join('\n'),
    ALLOWED_ORIGINS: ORIGIN,
  },
  requestsPerMinute: REQUESTS_PER_MINUTE,
  onLine: (line) => lines.push(line),
});
after(() => worker.dispose());

const lineSchema = z.looseObject({ request_id: z.string(), status: z.number() });

async function send(path: string, init: RequestInit = {}, key: string | null = null) {
  const headers = new Headers(init.headers);
  if (key !== null) headers.set('Authorization', `Bearer ${key}`);
  const answer = await fetch(`${worker.url}${path}`, { ...init, headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

function ask(key: string, form: keyof typeof REQUEST_FORMS) {
  const { query, init } = REQUEST_FORMS[form](QUESTION);
  return send(`/v1/entail${query}`, { method: 'POST', ...init }, key);
}

/** The lines about a request; they come through a pipe, a moment after the answer. */
async function linesOf(headers: Headers): Promise<z.infer<typeof lineSchema>[]> {
  const id = headers.get('X-Request-Id') ?? assert.fail();
  const end = performance.now() + 5_000;
  while (performance.now() < end && !lines.some((line) => line.includes(id))) await sleep(10);
  return lines
    .filter((line) => line.includes(id))
    .map((line) => lineSchema.parse(JSON.parse(line)));
}

describe('who may call, in workerd', () => {
  it('answers those with a key, in all three forms, and logs one line each', async () => {
    for (const form of ['multipart', 'json', 'raw'] as const) {
      const answer = await ask(alice.key, form);
      const { model, image } = expectVerdict(answer);
      const [line = assert.fail(), ...more] = await linesOf(answer.headers);
      assert.deepEqual(more, []);
      const { level, route, status, key, width, height, revision, image_bytes } = line;
      assert.deepEqual(
        { level, route, status, key, width, height, revision, image_bytes },
        {
          level: 'info',
          route: '/v1/entail',
          status: 200,
          key: 'alice',
          width: image.width,
          height: image.height,
          revision: model.revision,
          image_bytes: QUESTION.image.length,
        },
      );
    }
  });

  it('refuses those without, but says that it lives and is ready', async () => {
    for (const key of [null, 'x', alice.entry, alice.key.slice(0, -1)]) {
      const answer = await send('/v1/model', {}, key);
      expectProblem(answer, 'unauthorized');
      assert.equal(answer.headers.get('WWW-Authenticate'), 'Bearer');
      const [line = assert.fail(), ...more] = await linesOf(answer.headers);
      assert.deepEqual([line.code, line.key, more], ['unauthorized', undefined, []]);
    }
    // A body that was announced and has not been sent.
    const headers = { 'Content-Length': '1000', Authorization: 'Bearer x' };
    expectProblem(await postZeros(worker.url, headers, 0), 'unauthorized');
    for (const path of ['/', '/livez', '/readyz']) assert.equal((await send(path)).status, 200);
  });

  it('logs a streamed batch in one line, when it has ended', async () => {
    const body = new FormData();
    body.append('image', new Blob([Uint8Array.from(QUESTION.image)]), 'zanzibar.png');
    for (const text of ['a zanzibar', '\u0000', 'no zanzibar']) body.append('hypothesis', text);
    const init = { method: 'POST', body, headers: { Accept: 'application/x-ndjson' } };
    const answer = await send('/v1/entail/batch', init, alice.key);
    assert.equal(answer.text.trimEnd().split('\n').length, 3);
    const [line = assert.fail(), ...more] = await linesOf(answer.headers);
    assert.deepEqual(more, []);
    assert.deepEqual(
      [line.status, line.hypotheses, line.item_codes, line.level],
      [200, 3, { bad_text: 1 }, 'info'],
    );
  });

  it('limits each key by itself, and guesses by address', async () => {
    for (const [key, passed] of [
      [bob.key, 200],
      ['a wrong one', 401],
    ] as const) {
      const statuses = new Set<number>();
      // A minute may end in between, but not two.
      for (let i = 0; i <= 2 * REQUESTS_PER_MINUTE; i++) {
        const answer = await send('/v1/model', {}, key);
        statuses.add(answer.status);
        if (answer.status === 429) {
          expectProblem(answer, 'rate_limited');
          break;
        }
      }
      assert.deepEqual([...statuses], [passed, 429]);
    }
    assert.equal((await send('/v1/model', {}, carol.key)).status, 200);
  });

  it('lets pages of the allowed origin in, after a preflight without a key', async () => {
    const asking = {
      Origin: ORIGIN,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,content-type',
    };
    const preflight = await send('/v1/entail', { method: 'OPTIONS', headers: asking });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('Access-Control-Allow-Origin'), ORIGIN);
    const answer = await send('/v1/model', { headers: { Origin: ORIGIN } }, carol.key);
    assert.equal(answer.headers.get('Access-Control-Allow-Origin'), ORIGIN);
    assert.equal(answer.headers.get('X-Content-Type-Options'), 'nosniff');
    assert.equal(answer.headers.get('Cache-Control'), 'no-store');
    const other = { headers: { Origin: 'https://evil.example' } };
    const refused = await send('/v1/model', other, carol.key);
    assert.equal(refused.headers.get('Access-Control-Allow-Origin'), null);
  });

  it('has written nothing that was sent: no text, file name, image or key', async () => {
    const broken = {
      method: 'POST',
      body: '{"zanzibar',
      headers: { 'Content-Type': 'application/json' },
    };
    const last = await send('/v1/entail?zanzibar', broken, carol.key);
    assert.equal((await linesOf(last.headers)).length, 1);
    const all = lines.join('\n');
    assert.ok(lines.length > REQUESTS_PER_MINUTE);
    const base64 = Buffer.from(QUESTION.image).toString('base64');
    for (const secret of [
      'zanzibar',
      alice.key,
      bob.key,
      carol.key,
      base64.slice(100, 120),
      '127.0.0.1',
    ]) {
      assert.ok(!all.includes(secret), secret);
    }
  });
});

describe('malformed settings, in workerd', () => {
  it('answer nobody, and say what is malformed', async () => {
    const closed = await startLocalWorker({
      modelFolder: null,
      bundleFolder,
      settings: { API_KEYS: `${alice.entry},${bob.key}` },
      onLine: () => {},
    });
    try {
      for (const path of ['/v1/model', '/readyz']) {
        const headers = { Authorization: `Bearer ${alice.key}` };
        const answer = await fetch(`${closed.url}${path}`, { headers });
        const text = await answer.text();
        expectProblem({ status: answer.status, headers: answer.headers, text }, 'internal');
        assert.match(text, /API_KEYS is malformed, entry 2 of 2/);
      }
      assert.equal((await fetch(`${closed.url}/livez`)).status, 200);
    } finally {
      await closed.dispose();
    }
  });
});
