import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { after, it } from 'node:test';
import { createFindings } from '../../../scripts/fuzz/findings.ts';
import { fuzzEndpoint } from '../../../scripts/fuzz/fuzz-endpoint.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';

const ID = 'one';
const VERDICT = {
  label: 'neutral',
  answer: 'maybe',
  scores: { entailment: 0.25, neutral: 0.5, contradiction: 0.25 },
  image: { format: 'png', width: 4, height: 3 },
  model: { name: 'fake', revision: `sha256:${'0'.repeat(64)}`, dtype: 'int8' },
};
const PROBLEM = {
  type: 'about:blank',
  title: 'Unprocessable Content',
  status: 422,
  detail: 'cannot read the image: no',
  code: 'image_corrupt',
  retryable: false,
  request_id: ID,
};

function reply(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  const type = status === 200 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'Content-Type': type, 'X-Request-Id': ID, ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** What an endpoint does when it is sent a text of this name; anything else is a good picture to it. */
const MANNERS: Readonly<Record<string, (response: ServerResponse) => void>> = {
  clean: (response) => reply(response, 422, PROBLEM),
  'other status': (response) => reply(response, 400, { ...PROBLEM, status: 400 }),
  'unknown code': (response) => reply(response, 422, { ...PROBLEM, code: 'oops' }),
  'own fault': (response) => reply(response, 500, { ...PROBLEM, status: 500, code: 'internal' }),
  'other type': (response) => reply(response, 422, PROBLEM, { 'Content-Type': 'text/plain' }),
  'wrong id': (response) => reply(response, 422, PROBLEM, { 'X-Request-Id': 'two' }),
  'needless Retry-After': (response) => reply(response, 422, PROBLEM, { 'Retry-After': '1' }),
  'label in it': (response) => reply(response, 422, { ...PROBLEM, label: 'neutral' }),
  page: (response) => reply(response, 502, '<html>'),
  'half a verdict': (response) => reply(response, 200, { label: 'neutral' }),
  'scores of 1.5': (response) =>
    reply(response, 200, { ...VERDICT, scores: { ...VERDICT.scores, neutral: 1 } }),
  'broken off': (response) => response.destroy(),
  answered: (response) => reply(response, 200, VERDICT),
};

/** An endpoint that behaves as the body says, and answers good pictures as told. */
async function startEndpoint(goodAnswer: (n: number) => unknown): Promise<string> {
  let good = 0;
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const behave = MANNERS[body.subarray(0, 40).toString()];
    if (behave !== undefined) behave(response);
    else reply(response, 200, goodAnswer(good++));
  });
  after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return `http://127.0.0.1:${address.port}`;
}

function run(url: string, names: readonly string[], folder = temporaryFolder()) {
  const trials = names.map((name) => ({ name, bytes: new TextEncoder().encode(name) }));
  return fuzzEndpoint({
    url,
    worker: null,
    series: [{ name: 'manners', count: trials.length, trials }],
    findings: createFindings(folder),
    onProgress: () => {},
  });
}

it('finds each kind of answer that is not clean, and keeps the file', async () => {
  const folder = temporaryFolder();
  const url = await startEndpoint(() => VERDICT);
  const { findings, good, series } = await run(url, Object.keys(MANNERS), folder);
  const bad = Object.keys(MANNERS).filter((name) => name !== 'clean' && name !== 'answered');
  assert.deepEqual(
    findings.map(({ name }) => name),
    bad,
  );
  assert.deepEqual(good, { sent: 1, wrong: 0 });
  assert.equal(series[0]?.codes.broken, 1);
  for (const { name, file } of findings) {
    assert.equal(await readFile(file ?? '', 'utf8'), name);
  }
});

it('finds a good answer that is not the first one again', async () => {
  const url = await startEndpoint((n) => (n < 3 ? VERDICT : { ...VERDICT, label: 'entailment' }));
  const { findings, good } = await run(url, Array(60).fill('clean'));
  // Behind the 25th it is right, behind the 50th and the last it is not.
  assert.deepEqual(good, { sent: 3, wrong: 2 });
  assert.deepEqual(
    findings.map(({ kind }) => kind),
    ['wrong good answer', 'wrong good answer'],
  );
});

it('gives up on an endpoint that is gone, and on one that answers no good picture', async () => {
  const url = await startEndpoint(() => VERDICT);
  await assert.rejects(run(url, Array(30).fill('broken off')), /gone: 10 connections/);
  await assert.rejects(run('http://127.0.0.1:9', ['clean']), /does not answer scenes/);
});
