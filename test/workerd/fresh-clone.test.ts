import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { entail, type Question } from '../../functions/pipeline/entail.ts';
import { verdictSchema } from '../../functions/pipeline/verdict-schema.ts';
import { MAX_TEXT_CHARACTERS } from '../../functions/text/check-text.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { readModelFolder } from '../../scripts/lib/model-folder.ts';
import { createNodeHost } from '../../scripts/lib/node-host.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { sceneFixture } from '../model-shards/scene-fixture.ts';
import { bundleOnce } from './bundle-once.ts';
import { expectProblem } from './expect-problem.ts';
import { expectVerdict } from './expect-verdict.ts';
import { type Answer, postEntail } from './post-entail.ts';
import { REQUEST_FORMS } from './request-forms.ts';

/** Every picture of the fixtures that is not refused, one question each; some with a premise. */
const IMAGES = [
  'rgb.png',
  'rgba.png',
  'grey.png',
  'grey-alpha.png',
  'palette.png',
  'bilevel.png',
  'one-pixel.png',
  'tall.png',
  'wide.png',
  'baseline-420.jpg',
  'baseline-444.jpg',
  'progressive.jpg',
  'grey.jpg',
  'exif-orientation-3.jpg',
  'exif-orientation-5.jpg',
  'exif-orientation-6.jpg',
  'exif-orientation-8.jpg',
  'large.jpg',
];
const HYPOTHESES = ['there are two birds.', 'Nobody is outside', 'é 🐶 naïve café', 'a red car'];
const QUESTIONS: readonly Question[] = IMAGES.map((name, i) => ({
  image: imageFixture(name),
  hypothesis: HYPOTHESES[i % HYPOTHESES.length] ?? '',
  premise: i % 3 === 0 ? 'Two men - one with a hat - are talking.' : null,
}));
const QUESTION: Question = {
  image: imageFixture('baseline-420.jpg'),
  hypothesis: 'a man is walking',
  premise: 'a man walks in the park',
};

/**
 * ECMAScript leaves the last bit of Math.exp to the engine, and the V8 of Node and that of workerd differ in
 * one value of ten. One bit of a float32 logit is worth a thousand times this and more.
 */
const SOFTMAX_TOLERANCE = 1e-15;

const bundleFolder = await bundleOnce();
const worker = await startLocalWorker({ modelFolder: defaultModelFolder, bundleFolder });
after(() => worker.dispose());

async function get(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${worker.url}${path}`, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function ask(question: Question): Promise<string> {
  const answer = await postEntail(worker.url, REQUEST_FORMS.multipart(question));
  expectVerdict(answer);
  return answer.text;
}

describe('the repository as it comes, in workerd', () => {
  it('GET /livez says that the Worker runs', async () => {
    const { status, text } = await get('/livez');
    assert.deepEqual([status, JSON.parse(text)], [200, { status: 'live' }]);
  });

  it('GET /readyz says 200 and the revision, which is the SHA-256 of the manifest', async () => {
    const { manifestBytes } = await readModelFolder(defaultModelFolder);
    const digest = await crypto.subtle.digest('SHA-256', manifestBytes);
    const revision = `sha256:${Buffer.from(digest).toString('hex')}`;
    const { status, text } = await get('/readyz');
    assert.deepEqual([status, JSON.parse(text)], [200, { status: 'ready', revision }]);
  });

  it('GET /v1/model says which model answers', async () => {
    const { manifest } = await readModelFolder(defaultModelFolder);
    const { status, text } = await get('/v1/model');
    assert.equal(status, 200);
    const { revision, ...described } = JSON.parse(text);
    assert.match(revision, /^sha256:[0-9a-f]{64}$/);
    assert.deepEqual(described, {
      name: 'drawn-scenes',
      dtype: 'int8',
      vision: 'kernels',
      state: 'ready',
      image: { side: manifest.image.side },
      text: {
        max_characters: MAX_TEXT_CHARACTERS,
        max_source_tokens: manifest.text.maxSourceLength,
      },
    });
  });

  it('GET / is the page, isolated from other origins and without inline scripts', async () => {
    const { status, headers, text } = await get('/');
    assert.equal(status, 200);
    assert.match(text, /^<!doctype html>/);
    assert.equal(headers.get('Cross-Origin-Opener-Policy'), 'same-origin');
    assert.equal(headers.get('Cross-Origin-Embedder-Policy'), 'require-corp');
    assert.equal(headers.get('X-Content-Type-Options'), 'nosniff');
    const policy = headers.get('Content-Security-Policy') ?? '';
    assert.match(policy, /default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; /);
    assert.doesNotMatch(policy, /unsafe-inline|https?:|\*/);
  });
});

describe('POST /v1/entail', () => {
  it('answers with a verdict of the default model', async () => {
    const answer = await postEntail(worker.url, REQUEST_FORMS.multipart(QUESTION));
    const { image, model } = expectVerdict(answer);
    assert.deepEqual(image, { format: 'jpeg', width: 640, height: 427 });
    assert.deepEqual([model.name, model.dtype], ['drawn-scenes', 'int8']);
  });

  it('counts birds: not two where there are two dogs, two where there are two', async () => {
    for (const [picture, answer] of [
      ['two-dogs.png', 'contradiction'],
      ['two-birds.png', 'entailment'],
    ] as const) {
      const image = sceneFixture(picture);
      const question = { image, hypothesis: 'there are two birds.', premise: null };
      const { label } = expectVerdict(
        await postEntail(worker.url, REQUEST_FORMS.multipart(question)),
      );
      assert.equal(label, answer, picture);
    }
  });

  it('gives the same bytes for all three request forms', async () => {
    for (const question of [QUESTION, { ...QUESTION, premise: null }]) {
      const expected = await ask(question);
      for (const form of [REQUEST_FORMS.json, REQUEST_FORMS.raw]) {
        assert.equal((await postEntail(worker.url, form(question))).text, expected, form.name);
      }
    }
  });

  it('takes the image as a data: URL', async () => {
    const { image, ...texts } = QUESTION;
    const url = `data:image/jpeg;base64,${Buffer.from(image).toString('base64')}`;
    const body = JSON.stringify({ image: url, ...texts });
    const init = { body, headers: { 'Content-Type': 'application/json' } };
    assert.equal((await postEntail(worker.url, { query: '', init })).text, await ask(QUESTION));
  });

  it('takes text and text2 for hypothesis and premise', async () => {
    const { image, hypothesis, premise } = QUESTION;
    const query = `?${new URLSearchParams({ text: hypothesis, text2: premise ?? '' })}`;
    const headers = { 'Content-Type': 'image/jpeg' };
    const init = { body: Uint8Array.from(image), headers };
    assert.equal((await postEntail(worker.url, { query, init })).text, await ask(QUESTION));
  });

  it('lets hypothesis, premise and picture each change the scores', async () => {
    const answers = [
      QUESTION,
      { ...QUESTION, hypothesis: 'nobody is walking' },
      { ...QUESTION, premise: null },
      { ...QUESTION, premise: 'two birds' },
      { ...QUESTION, image: imageFixture('rgb.png') },
    ].map(async (question) => JSON.stringify(JSON.parse(await ask(question)).scores));
    assert.equal(new Set(await Promise.all(answers)).size, answers.length);
  });

  it('counts a blank premise as none', async () => {
    const blank = await ask({ ...QUESTION, premise: '  ' });
    assert.equal(blank, await ask({ ...QUESTION, premise: null }));
  });

  it('gives the answers of the same model in Node, logits equal to the bit', async () => {
    const { model, codecs } = await createNodeHost(defaultModelFolder, 1);
    for (const [i, question] of QUESTIONS.entries()) {
      const { scores: inNode, ...restInNode } = await entail(model, codecs, question);
      const { scores, ...rest } = verdictSchema.parse(JSON.parse(await ask(question)));
      assert.deepEqual(rest, restInNode, IMAGES[i]);
      for (const label of ['entailment', 'neutral', 'contradiction'] as const) {
        const difference = Math.abs(scores[label] - inNode[label]);
        assert.ok(difference <= SOFTMAX_TOLERANCE, `${IMAGES[i]}: ${difference}`);
      }
    }
    model.release();
  });

  it('gives the same bytes after a restart, in another order and all at once', async () => {
    const before: string[] = [];
    for (const question of QUESTIONS) before.push(await ask(question));
    const restarted = await startLocalWorker({ modelFolder: defaultModelFolder, bundleFolder });
    try {
      // Ten at once: one runs, at most sixteen may wait.
      for (const half of [QUESTIONS.slice(9).reverse(), QUESTIONS.slice(0, 9).reverse()]) {
        const after = half.map(async (question) => {
          const form = REQUEST_FORMS.multipart(question);
          const { text } = await postEntail(restarted.url, form);
          assert.equal(text, before[QUESTIONS.indexOf(question)]);
        });
        await Promise.all(after);
      }
    } finally {
      await restarted.dispose();
    }
  });
});

describe('problems', () => {
  const jpeg = { 'Content-Type': 'image/jpeg' };

  it('not_found names the path', async () => {
    assert.match(expectProblem(await get('/v1/entails'), 'not_found').detail, /\/v1\/entails/);
  });

  it('method_not_allowed says what is allowed', async () => {
    const answer = await get('/v1/entail');
    expectProblem(answer, 'method_not_allowed');
    assert.equal(answer.headers.get('Allow'), 'POST');
  });

  it('unsupported_media for a form that is none of the three', async () => {
    const init = { body: 'hypothesis=a', headers: { 'Content-Type': 'text/plain' } };
    expectProblem(await postEntail(worker.url, { query: '', init }), 'unsupported_media');
  });

  it('bad_request for a body that is not JSON', async () => {
    const init = { body: '{', headers: { 'Content-Type': 'application/json' } };
    expectProblem(await postEntail(worker.url, { query: '', init }), 'bad_request');
  });

  it('invalid_request without a hypothesis, and with an empty one', async () => {
    const init = { body: Uint8Array.from(QUESTION.image), headers: jpeg };
    for (const query of ['', '?hypothesis=', '?hypothesis=%3F%3F']) {
      expectProblem(await postEntail(worker.url, { query, init }), 'invalid_request');
    }
  });

  it('invalid_request where two names of one field differ', async () => {
    const init = { body: Uint8Array.from(QUESTION.image), headers: jpeg };
    const query = '?hypothesis=a+dog&text=a+cat';
    expectProblem(await postEntail(worker.url, { query, init }), 'invalid_request');
  });

  it('unsupported_jpeg for CMYK', async () => {
    const question = { ...QUESTION, image: imageFixture('cmyk.jpg') };
    expectProblem(
      await postEntail(worker.url, REQUEST_FORMS.multipart(question)),
      'unsupported_jpeg',
    );
  });

  it('each has a request id of its own', async () => {
    const ids = new Set<string>();
    for (let i = 0; i < 5; i++) {
      ids.add(expectProblem(await get('/nothing'), 'not_found').request_id);
    }
    assert.equal(ids.size, 5);
  });

  it('a request id that the caller sent comes back', async () => {
    const answer = await get('/nothing', { headers: { 'X-Request-Id': 'trace-42' } });
    assert.equal(expectProblem(answer, 'not_found').request_id, 'trace-42');
  });
});
