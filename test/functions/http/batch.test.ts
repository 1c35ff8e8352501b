import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_HYPOTHESES } from '../../../functions/http/limits.ts';
import { smallPng } from '../pipeline/fake-parts.ts';
import { fakeApp } from './fake-service.ts';

const PATH = '/v1/entail/batch';
const IMAGE = smallPng();
const BASE64 = Buffer.from(IMAGE).toString('base64');
const HYPOTHESES = ['a dog', 'a cat', 'a dog'];

function json(value: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(value),
  };
}

function form(hypotheses: readonly string[]): RequestInit {
  const body = new FormData();
  body.append('image', new Blob([IMAGE], { type: 'image/png' }), 'x.png');
  for (const hypothesis of hypotheses) body.append('hypothesis', hypothesis);
  body.append('premise', 'two animals');
  return { method: 'POST', body };
}

describe('POST /v1/entail/batch', () => {
  it('asks the same in all three forms, in the order given', async () => {
    const { send, batches, verdict } = await fakeApp();
    const query = new URLSearchParams(HYPOTHESES.map((text) => ['hypothesis', text]));
    query.append('premise', 'two animals');
    for (const [path, init] of [
      [PATH, json({ image: BASE64, hypotheses: HYPOTHESES, premise: 'two animals' })],
      [PATH, form(HYPOTHESES)],
      [
        `${PATH}?${query}`,
        { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: IMAGE },
      ],
    ] as const) {
      const answer = await send(path, init);
      assert.equal(answer.status, 200);
      assert.deepEqual(await answer.json(), { results: [verdict, verdict, verdict] });
      const { image, ...texts } = batches.pop() ?? assert.fail();
      assert.deepEqual(texts, {
        hypotheses: HYPOTHESES,
        premise: 'two animals',
        explain: false,
      });
      assert.ok(Buffer.from(image).equals(IMAGE));
    }
  });

  it('gives a problem in the place of a hypothesis that has no verdict', async () => {
    const { send, verdict } = await fakeApp();
    const answer = await send(PATH, json({ image: BASE64, hypotheses: ['a', '', 'b'] }));
    const { results } = await answer.json();
    assert.deepEqual([results[0], results[2]], [verdict, verdict]);
    assert.deepEqual([results[1].status, results[1].code], [400, 'bad_text']);
    assert.equal(results[1].request_id, answer.headers.get('X-Request-Id'));
  });

  it('sends a line for each result as NDJSON, when asked', async () => {
    const { send, verdict } = await fakeApp();
    const accept = { Accept: 'application/x-ndjson' };
    const answer = await send(PATH, json({ image: BASE64, hypotheses: ['a', ''] }, accept));
    assert.equal(answer.headers.get('Content-Type'), 'application/x-ndjson');
    const lines = (await answer.text()).split('\n');
    assert.equal(lines.pop(), '');
    const [first, second] = lines.map((line) => JSON.parse(line));
    assert.deepEqual(first, verdict);
    assert.equal(second.code, 'bad_text');
  });

  it('answers what concerns all with one problem, streamed or not', async () => {
    for (const headers of [{}, { Accept: 'application/x-ndjson' }]) {
      const { send } = await fakeApp();
      for (const hypotheses of [['break'], [], Array(MAX_HYPOTHESES + 1).fill('a'), 'a', [1]]) {
        const answer = await send(PATH, json({ image: BASE64, hypotheses }, headers));
        assert.equal(answer.headers.get('Content-Type'), 'application/problem+json');
        const { code } = await answer.json();
        assert.equal(code, hypotheses[0] === 'break' ? 'runtime_dead' : 'invalid_request');
      }
    }
  });

  it('breaks the connection off when it fails between lines: nobody takes them for all', async () => {
    const { send } = await fakeApp();
    const accept = { Accept: 'application/x-ndjson' };
    const answer = await send(PATH, json({ image: BASE64, hypotheses: ['a', 'break'] }, accept));
    assert.equal(answer.status, 200);
    await assert.rejects(answer.text());
  });

  it('takes 32 hypotheses', async () => {
    const { send } = await fakeApp();
    const answer = await send(PATH, form(Array(MAX_HYPOTHESES).fill('a')));
    assert.equal((await answer.json()).results.length, MAX_HYPOTHESES);
  });
});
