import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { openEndpointAnswerer } from '../../../../scripts/eval/answer/endpoint-answerer.ts';
import { greyPicture } from '../../../../scripts/eval/input/grey-picture.ts';
import { type StandInOptions, startStandIn } from '../stand-in-endpoint.ts';

async function open(t: TestContext, options: StandInOptions = {}) {
  const standIn = await startStandIn(options);
  t.after(() => standIn.close());
  const answerer = await openEndpointAnswerer(standIn.url, 3);
  return { standIn, answerer, picture: await answerer.open(greyPicture()) };
}

describe('openEndpointAnswerer()', () => {
  it('knows the model before the first question, and hands the verdict on', async (t) => {
    const { answerer, picture } = await open(t);
    assert.deepEqual(answerer.model, { name: 'stand-in', revision: 'sha256:one', dtype: 'int8' });
    assert.equal(answerer.via, 'endpoint');
    assert.equal(answerer.concurrency, 3);
    assert.deepEqual(await picture.ask('this is false', null), {
      label: 'contradiction',
      scores: { entailment: 0.1, neutral: 0.1, contradiction: 0.8 },
    });
  });

  it('asks again while the endpoint is busy', async (t) => {
    const refuse = (n: number) =>
      n < 3 ? { status: n === 1 ? 429 : 503, retryAfter: '0' } : undefined;
    const { standIn, picture } = await open(t, { refuse });
    assert.equal((await picture.ask('true', null)).label, 'entailment');
    assert.equal(standIn.asked(), 3);
  });

  it('does not ask again what was refused for good', async (t) => {
    const { standIn, picture } = await open(t, { refuse: () => ({ status: 400 }) });
    await assert.rejects(picture.ask('true', null), {
      code: 'overloaded',
      message: 'cannot take the request',
    });
    assert.equal(standIn.asked(), 1);
  });

  it('never mixes models: stops when the endpoint has another one', async (t) => {
    const revision = (n: number) => (n < 2 ? 'sha256:one' : 'sha256:two');
    const { picture } = await open(t, { revision });
    await picture.ask('true', null);
    await assert.rejects(
      picture.ask('true', null),
      /changed its model from sha256:one to sha256:two/,
    );
  });

  it('says so when nobody answers there', async () => {
    await assert.rejects(openEndpointAnswerer('http://127.0.0.1:9', 1), /cannot reach/);
  });
});
