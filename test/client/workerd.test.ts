import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createClient } from '../../client/index.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { sceneFixture } from '../model-shards/scene-fixture.ts';
import { bundleOnce } from '../workerd/bundle-once.ts';

const worker = await startLocalWorker({
  modelFolder: defaultModelFolder,
  bundleFolder: await bundleOnce(),
});
after(() => worker.dispose());

const client = createClient({ endpoint: worker.url });
const image = sceneFixture('two-birds.png');
const HYPOTHESES = ['there are two birds.', '\u0000', 'there is no\n crab.'];

describe('createClient() against the Worker in workerd', () => {
  it('entail() gives what the endpoint answers, of any kind of bytes', async () => {
    const verdict = await client.entail({ image, hypothesis: 'there are two birds.' });
    assert.equal(verdict.label, 'entailment');
    const bytes = Uint8Array.from(image);
    for (const same of [bytes.buffer, new Blob([bytes])]) {
      const again = await client.entail({ image: same, hypothesis: 'there are two birds.' });
      assert.deepEqual(again, verdict);
    }
  });

  it('sends texts to the letter, line feeds too', async () => {
    const question = { hypothesis: 'there is\nno crab.', premise: 'a hill\nwith\nbirds' };
    const response = await fetch(`${worker.url}/v1/entail`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...question, image: Buffer.from(image).toString('base64') }),
    });
    assert.deepEqual(await client.entail({ ...question, image }), await response.json());
  });

  it('entailBatch() and entailStream() give a verdict or a problem for each', async () => {
    const all = await client.entailBatch({ image, hypotheses: HYPOTHESES });
    const [first, second, third] = all;
    assert.ok(first && 'label' in first && first.label === 'entailment');
    assert.ok(second && 'code' in second && second.code === 'bad_text');
    assert.ok(third && 'label' in third && third.label === 'contradiction');
    const streamed = [];
    for await (const result of client.entailStream({ image, hypotheses: HYPOTHESES })) {
      streamed.push(result);
    }
    assert.deepEqual(
      streamed.map((result) => ({ ...result, request_id: '' })),
      all.map((result) => ({ ...result, request_id: '' })),
    );
  });

  it('entailBatch() takes more hypotheses than one request does', async () => {
    const hypotheses = Array.from({ length: 34 }, (_, i) => `there are ${i} birds.`);
    const results = await client.entailBatch({ image, hypotheses });
    assert.equal(results.length, 34);
    const last = await client.entail({ image, hypothesis: 'there are 33 birds.' });
    assert.deepEqual(results.at(-1), last);
  });

  it('asks where the model looked only when it is told to', async () => {
    const question = { image, hypothesis: 'there are two birds.' };
    const { explanation, ...verdict } = await client.entail({ ...question, explain: true });
    assert.deepEqual(await client.entail(question), verdict);
    const { grid, attention } = explanation ?? assert.fail();
    assert.equal(attention.length, grid[0] * grid[1]);
    const hypotheses = [question.hypothesis];
    const [result] = await client.entailBatch({ image, hypotheses, explain: true });
    assert.deepEqual(result, { ...verdict, explanation });
  });

  it('model() describes the model', async () => {
    const { name, revision, image: input } = await client.model();
    assert.equal(name, 'drawn-scenes');
    assert.match(revision, /^sha256:/);
    assert.equal(input.side, 128);
  });

  it('learns why a large picture was turned away, whatever became of the connection', async (t) => {
    const guarded = await startLocalWorker({
      modelFolder: defaultModelFolder,
      bundleFolder: await bundleOnce(),
      settings: { API_KEYS: 'a'.repeat(64) },
    });
    t.after(() => guarded.dispose());
    // About every other refusal of a picture of 5 MB is lost.
    const large = { image: new Uint8Array(5e6), hypothesis: 'a bird.' };
    for (let n = 0; n < 4; n++) {
      const asked = createClient({ endpoint: guarded.url, attempts: 1 }).entail(large);
      await assert.rejects(asked, { code: 'unauthorized', status: 401 });
    }
  });

  it('rejects with the code of the endpoint, its request and its status', async () => {
    const broken = image.slice(0, image.length - 100);
    await assert.rejects(client.entail({ image: broken, hypothesis: 'a bird.' }), {
      name: 'EndpointError',
      code: 'image_truncated',
      status: 422,
      retryable: false,
      retryAfterSeconds: null,
      requestId: /^[\w-]{10,}$/,
    });
  });
});
