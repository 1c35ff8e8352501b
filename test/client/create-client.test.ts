import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { collect } from '../../client/collect.ts';
import { createClient } from '../../client/index.ts';
import { answerBusy, fakeEndpoint, VERDICT, VERDICT_LINE } from './fake-endpoint.ts';

const QUESTION = { image: new Uint8Array(10), hypothesis: 'a bird' };
const BATCH = { image: QUESTION.image, hypotheses: ['a', 'b', 'c'] };

describe('createClient()', () => {
  it('refuses what is no address, before anything is sent', () => {
    for (const endpoint of ['here', '/v1', 'ftp://a.example', 'http://']) {
      assert.throws(() => createClient({ endpoint }), {
        name: 'TypeError',
        message: `cannot use the endpoint ${endpoint}: it is no URL such as https://entail.example`,
      });
    }
  });

  it('sends a key when it has one, and asks below the address it was given', async (t) => {
    const { url, requests } = await fakeEndpoint(t, (_, response) =>
      response.end(JSON.stringify(VERDICT)),
    );
    await createClient({ endpoint: url }).entail(QUESTION);
    await createClient({ endpoint: `${url}/below/`, apiKey: 'ee_x' }).entail(QUESTION);
    const [first, second] = requests;
    assert.equal(first?.url, '/v1/entail');
    assert.equal(first?.headers.authorization, undefined);
    assert.equal(second?.url, '/below/v1/entail');
    assert.equal(second?.headers.authorization, 'Bearer ee_x');
    assert.equal(second?.method, 'POST');
  });

  it('uses the fetch that it is given', async () => {
    const urls: string[] = [];
    const client = createClient({
      endpoint: 'https://service.example',
      fetch: async (url) => {
        urls.push(url);
        return Response.json(VERDICT);
      },
    });
    assert.deepEqual(await client.entail(QUESTION), VERDICT);
    assert.deepEqual(urls, ['https://service.example/v1/entail']);
  });
});

describe('entail()', () => {
  it('asks again while the endpoint is busy or hangs up, up to its attempts', async (t) => {
    const { url, requests } = await fakeEndpoint(t, (n, response) => {
      if (n === 1) answerBusy(response);
      else if (n === 2) response.destroy();
      else response.end(JSON.stringify(VERDICT));
    });
    assert.deepEqual(await createClient({ endpoint: url }).entail(QUESTION), VERDICT);
    assert.deepEqual(
      requests.map(({ method }) => method),
      ['POST', 'POST', 'GET', 'POST'],
    );
  });

  it('rejects with the last problem when it stays busy', async (t) => {
    const { url, requests } = await fakeEndpoint(t, (_, response) => answerBusy(response));
    await assert.rejects(createClient({ endpoint: url, attempts: 2 }).entail(QUESTION), {
      code: 'overloaded',
      message: 'cannot take it',
      retryAfterSeconds: 0,
    });
    assert.equal(requests.length, 2);
  });

  it('finds out why it was turned away when the answer was lost with the picture', async (t) => {
    const { url, requests } = await fakeEndpoint(t, (n, response) => {
      if (requests[n - 1]?.method === 'POST') response.destroy();
      else response.writeHead(401).end('{"code": "unauthorized", "detail": "cannot take it"}');
    });
    const asked = createClient({ endpoint: url }).entail(QUESTION);
    await assert.rejects(asked, { code: 'unauthorized', message: 'cannot take it' });
    assert.deepEqual(
      requests.map(({ method, url: path }) => `${method} ${path}`),
      ['POST /v1/entail', 'GET /v1/model'],
    );
  });

  it('calls it broken off when nobody turns it away', async (t) => {
    const { url, requests } = await fakeEndpoint(t, (n, response) => {
      if (requests[n - 1]?.method === 'POST') response.destroy();
      else response.end('{}');
    });
    const asked = createClient({ endpoint: url, attempts: 2 }).entail(QUESTION);
    await assert.rejects(asked, { code: 'broken_off', retryable: true });
    assert.equal(requests.length, 4);
  });

  it('says whom it could not reach', async () => {
    const client = createClient({ endpoint: 'http://127.0.0.1:9', attempts: 1 });
    await assert.rejects(client.entail(QUESTION), {
      code: 'unreachable',
      message: 'cannot reach http://127.0.0.1:9: does the endpoint run there?',
      retryable: true,
      status: null,
    });
  });

  it('does not take the answer of another service for a verdict', async (t) => {
    for (const body of ['<html>', '{"label":"entailment"}', '[]', 'null']) {
      const { url, requests } = await fakeEndpoint(t, (_, response) => response.end(body));
      await assert.rejects(createClient({ endpoint: url }).entail(QUESTION), {
        code: 'unexpected_answer',
        message: /^the endpoint did not answer with a verdict: /,
        retryable: false,
      });
      assert.equal(requests.length, 1);
    }
  });

  it('ends with the reason of its signal: at once, under way, and between two attempts', async (t) => {
    const reason = new Error('enough');
    const { url, requests } = await fakeEndpoint(t, () => {});
    const client = createClient({ endpoint: url });
    const gone = AbortSignal.abort(reason);
    await assert.rejects(client.entail({ ...QUESTION, signal: gone }), reason);
    assert.equal(requests.length, 0);
    for (const answer of [() => {}, answerBusy]) {
      const slow = await fakeEndpoint(t, (_, response) => {
        answer(response);
        setTimeout(() => controller.abort(reason), 20);
      });
      const controller = new AbortController();
      const { signal } = controller;
      const asked = createClient({ endpoint: slow.url }).entail({ ...QUESTION, signal });
      await assert.rejects(asked, reason);
      assert.equal(slow.requests.length, 1);
    }
  });
});

describe('entailStream()', () => {
  it('yields a result before the next one is there', async (t) => {
    let goOn = () => {};
    const { url } = await fakeEndpoint(t, (_, response) => {
      response.write(VERDICT_LINE);
      goOn = () => response.end(VERDICT_LINE + VERDICT_LINE);
    });
    let count = 0;
    for await (const result of createClient({ endpoint: url }).entailStream(BATCH)) {
      assert.deepEqual(result, VERDICT);
      count += 1;
      if (count === 1) goOn();
    }
    assert.equal(count, 3);
  });

  it('asks again before the first result, and never afterwards', async (t) => {
    const { url, requests } = await fakeEndpoint(t, (n, response) => {
      if (n === 1) answerBusy(response);
      else response.write(VERDICT_LINE, () => response.destroy());
    });
    const found: unknown[] = [];
    const work = async () => {
      for await (const result of createClient({ endpoint: url }).entailStream(BATCH)) {
        found.push(result);
      }
    };
    await assert.rejects(work(), { code: 'broken_off', retryable: true });
    assert.deepEqual(found, [VERDICT]);
    assert.equal(requests.length, 2);
  });

  it('does not take a part for all where the answer just ends', async (t) => {
    for (const body of ['', VERDICT_LINE, VERDICT_LINE.repeat(2) + VERDICT_LINE.trim()]) {
      const { url } = await fakeEndpoint(t, (_, response) => response.end(body));
      const results = createClient({ endpoint: url }).entailStream(BATCH);
      await assert.rejects(collect(results), { code: 'broken_off' });
    }
  });

  it('refuses more results than questions, and lines that are none', async (t) => {
    for (const body of [VERDICT_LINE.repeat(4), `${VERDICT_LINE}{}\n`, 'error\n']) {
      const { url } = await fakeEndpoint(t, (_, response) => response.end(body));
      const results = createClient({ endpoint: url }).entailStream(BATCH);
      await assert.rejects(collect(results), { code: 'unexpected_answer' });
    }
  });

  it('hangs up when its reader has seen enough', async (t) => {
    const closed = Promise.withResolvers<string>();
    const { url } = await fakeEndpoint(t, (_, response) => {
      response.on('close', () => closed.resolve('closed'));
      response.write(VERDICT_LINE);
    });
    for await (const _ of createClient({ endpoint: url }).entailStream(BATCH)) break;
    assert.equal(await closed.promise, 'closed');
  });
});

describe('entailBatch()', () => {
  it('asks again when the connection breaks off, as nothing has been given away', async (t) => {
    const { url, requests } = await fakeEndpoint(t, (n, response) => {
      if (n === 1) response.write(VERDICT_LINE, () => response.destroy());
      else response.end(VERDICT_LINE.repeat(3));
    });
    const results = await createClient({ endpoint: url }).entailBatch(BATCH);
    assert.deepEqual(results, [VERDICT, VERDICT, VERDICT]);
    assert.equal(requests.length, 2);
  });

  it('asks nothing when there is nothing to ask', async () => {
    const client = createClient({ endpoint: 'http://127.0.0.1:9' });
    assert.deepEqual(await client.entailBatch({ ...BATCH, hypotheses: [] }), []);
  });
});
