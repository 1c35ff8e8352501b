import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { sceneFixture } from '../model-shards/scene-fixture.ts';
import { bundleOnce } from './bundle-once.ts';

const worker = await startLocalWorker({
  modelFolder: defaultModelFolder,
  bundleFolder: await bundleOnce(),
});
after(() => worker.dispose());

const HYPOTHESES = ['there are two birds.', '\u0000', 'there is no crab.', 'there are two birds.'];

function form(image: Uint8Array, hypotheses: readonly string[]): FormData {
  const body = new FormData();
  body.append('image', new Blob([Uint8Array.from(image)]), 'picture');
  for (const hypothesis of hypotheses) body.append('hypothesis', hypothesis);
  return body;
}

async function post(path: string, body: FormData, headers = {}): Promise<Response> {
  return fetch(`${worker.url}${path}`, { method: 'POST', body, headers });
}

/** Verdicts and problems, without what differs from request to request. */
async function single(image: Uint8Array, hypothesis: string): Promise<object> {
  const answer = await (await post('/v1/entail', form(image, [hypothesis]))).json();
  return { ...answer, request_id: undefined };
}

describe('POST /v1/entail/batch in workerd', () => {
  const image = sceneFixture('two-birds.png');

  it('answers each hypothesis as it is answered alone, streamed or not', async () => {
    const alone: object[] = [];
    for (const hypothesis of HYPOTHESES) alone.push(await single(image, hypothesis));
    const batch = form(image, HYPOTHESES);
    const { results } = await (await post('/v1/entail/batch', batch)).json();
    const accept = { Accept: 'application/x-ndjson' };
    const lines = await (await post('/v1/entail/batch', form(image, HYPOTHESES), accept)).text();
    const streamed = lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const found of [results, streamed]) {
      const plain = found.map((result: object) => ({ ...result, request_id: undefined }));
      assert.deepEqual(plain, alone);
    }
  });

  it('streams each result when it is ready, not all behind the last', async () => {
    const hypotheses = Array.from({ length: 12 }, (_, i) => `there are ${i} birds.`);
    const accept = { Accept: 'application/x-ndjson' };
    const start = performance.now();
    const { body } = await post('/v1/entail/batch', form(image, hypotheses), accept);
    const arrivals: number[] = [];
    for await (const _ of body ?? assert.fail()) arrivals.push(performance.now() - start);
    const [first = 0, last = 0] = [arrivals[0], arrivals.at(-1)];
    // The first is there after vision, if at all, and one judge of twelve.
    assert.ok(last - first > last / 3, arrivals.map(Math.round).join(' '));
  });

  it('refuses a picture with one problem, and takes none for another afterwards', async () => {
    const before = await single(image, 'there are two birds.');
    const broken = image.slice(0, image.length - 100);
    const refused = await post('/v1/entail/batch', form(broken, HYPOTHESES));
    assert.equal(refused.status, 422);
    // Five other pictures push the first out of the isolate's memory; a seen and a forgotten one answer alike.
    const names = ['rgb.png', 'grey.png', 'palette.png', 'tall.png', 'baseline-420.jpg'];
    const first: object[] = [];
    for (const name of names) first.push(await single(imageFixture(name), 'there are two birds.'));
    assert.deepEqual(await single(image, 'there are two birds.'), before);
    for (const [index, name] of names.entries()) {
      const again = await single(imageFixture(name), 'there are two birds.');
      assert.deepEqual(again, first[index], name);
    }
  });
});
