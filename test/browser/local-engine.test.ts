import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import * as z from 'zod';
import { sha256Hex } from '../../functions/lib/sha256-hex.ts';
import type { Verdict } from '../../functions/pipeline/verdict.ts';
import { verdictSchema } from '../../functions/pipeline/verdict-schema.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { type LocalWorker, startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { readModelFolder } from '../../scripts/lib/model-folder.ts';
import { problemSchema } from '../../scripts/lib/problem-schema.ts';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';
import { makeScenes } from '../../scripts/scenes/make-scenes.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { bundleOnce } from '../workerd/bundle-once.ts';
import { askLocalEngine, type PageAnswers, type PageQuestion } from './ask-local-engine.ts';
import * as inPage from './in-page.ts';
import { NO_BROWSER, openBrowser } from './open-browser.ts';

const SCENES = 20;
const BLOBS = '/v1/model/blobs/';
const { manifest } = await readModelFolder(defaultModelFolder);
/** With our own kernels, vision's graph and its weights are not needed. */
const SHARDS_READ = 5;
/** As in `test/workerd/fresh-clone.test.ts`: the last bit of Math.exp is the JavaScript engine's own. */
const SOFTMAX_TOLERANCE = 1e-15;

describe('the engine in the page, in Chromium', { skip: NO_BROWSER }, () => {
  let worker: LocalWorker;
  let browser: Browser;
  const complaints: string[] = [];

  before(async () => {
    worker = await startLocalWorker({
      modelFolder: defaultModelFolder,
      bundleFolder: await bundleOnce(),
      onLine: () => {},
    });
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await worker?.dispose();
  });

  /** Opens the page as a new visitor. */
  async function visit(url: string, isolated: boolean): Promise<Page> {
    const page = await browser.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (said) => {
      if (said.type() === 'error') complaints.push(said.text());
    });
    if (!isolated) {
      await page.route(url, async (route) => {
        const response = await route.fetch();
        const { 'cross-origin-opener-policy': _, ...headers } = response.headers();
        await route.fulfill({ response, headers });
      });
    }
    await page.goto(url);
    return page;
  }

  /** Has the engine's Web Worker begin with something else. */
  async function changeWorker(page: Page, script: string): Promise<void> {
    await page.route('**/engine/worker.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${script}${await response.text()}` });
    });
  }

  async function ask(page: Page, threads: number, questions: readonly PageQuestion[]) {
    const seen = await askLocalEngine(page, { threads }, questions);
    if (typeof seen === 'string') assert.fail(seen);
    return seen;
  }

  const scenes: readonly PageQuestion[] = [
    ...makeScenes({ split: 'test', seed: 611, count: SCENES, side: 192 }),
  ].map(({ png, pairs }) => ({
    image: png.toString('base64'),
    hypotheses: pairs.slice(0, 3).map(({ hypothesis }) => hypothesis),
    premise: pairs[0]?.premise ?? undefined,
  }));

  function assertScene(index: number): PageQuestion {
    return scenes[index] ?? assert.fail('no scene');
  }

  async function endpointResults({
    image,
    hypotheses,
    premise,
    explain,
  }: PageQuestion): Promise<unknown[]> {
    const response = await fetch(`${worker.url}/v1/entail/batch`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ image, hypotheses, premise, explain }),
    });
    const { results } = await response.json();
    return results;
  }

  async function endpointVerdicts(question: PageQuestion): Promise<Verdict[]> {
    return z.array(verdictSchema).parse(await endpointResults(question));
  }

  async function expectEndpointAnswers({ answers }: PageAnswers): Promise<void> {
    const labels = new Set<string>();
    for (const [index, question] of scenes.entries()) {
      const expected = await endpointVerdicts(question);
      const found = z.array(verdictSchema).parse(answers[index]);
      for (const [i, { scores, ...verdict }] of expected.entries()) {
        const { scores: foundScores, ...foundVerdict } = found[i] ?? assert.fail('no verdict');
        assert.deepEqual(foundVerdict, verdict);
        for (const label of ['entailment', 'neutral', 'contradiction'] as const) {
          const difference = Math.abs(foundScores[label] - scores[label]);
          assert.ok(difference <= SOFTMAX_TOLERANCE, `scene ${index}: ${label} by ${difference}`);
        }
        labels.add(verdict.label);
      }
    }
    assert.equal(labels.size, 3);
  }

  for (const [isolated, asked, threads] of [
    [true, 2, 2],
    [true, 1, 1],
    [false, 2, 1],
  ] as const) {
    const page = isolated ? 'an isolated page' : 'a page that is not isolated';
    it(`answers as the endpoint does: ${page}, ${threads} of ${asked} threads`, async () => {
      const visitor = await visit(worker.url, isolated);
      const seen = await ask(visitor, asked, scenes);
      assert.deepEqual([seen.isolated, seen.threads], [isolated, threads]);
      await expectEndpointAnswers(seen);
      assert.equal(seen.model.vision, 'kernels');
      const model = await (await fetch(`${worker.url}/v1/model`)).json();
      assert.deepEqual(seen.model, model);
      const { done, total } = seen.progress.at(-1) ?? assert.fail('no progress');
      assert.equal(done, total);
      assert.ok(seen.progress.length > 10);
      for (const [i, step] of seen.progress.entries()) {
        assert.equal(step.total, total);
        assert.ok(step.done >= (seen.progress[i - 1]?.done ?? 0));
      }
      assert.deepEqual(complaints.splice(0), []);
    });
  }

  it('sees JPEGs as the endpoint does, says why there is no verdict, and goes on', async () => {
    const page = await visit(worker.url, true);
    const image = (name: string) => Buffer.from(imageFixture(name)).toString('base64');
    const jpegs = ['baseline-420.jpg', 'progressive.jpg', 'exif-orientation-6.jpg'].map((name) => ({
      image: image(name),
      hypotheses: ['there are two birds.'],
    }));
    const { answers } = await ask(page, 2, [
      { image: btoa('no picture'), hypotheses: ['a dog'] },
      { image: image('baseline-420.jpg').slice(0, 4000), hypotheses: ['a dog'] },
      { ...assertScene(0), hypotheses: ['a dog.', ' ', 'a cat.'] },
      ...jpegs,
    ]);
    assert.match(String(answers[0]), /^unsupported_media: cannot /);
    assert.match(String(answers[1]), /^image_truncated: cannot /);
    const [first, blank, last] = answers[2] ?? [];
    for (const result of [first, last]) verdictSchema.parse(result);
    const problem = problemSchema.parse(blank);
    assert.deepEqual([problem.code, problem.status], ['invalid_request', 422]);
    for (const [i, question] of jpegs.entries()) {
      assert.deepEqual(answers[3 + i], await endpointVerdicts(question));
    }
    assert.deepEqual(complaints.splice(0), []);
  });

  it('fetches no shard a second time, mends one that went bad, and lets other models’ go', async () => {
    const page = await visit(worker.url, true);
    const shards: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes(BLOBS)) shards.push(request.url());
    });
    const fetched = () => shards.splice(0).length;
    await page.evaluate(inPage.openEngine);
    assert.equal(fetched(), SHARDS_READ);
    await page.waitForFunction(inPage.cacheIsFull, SHARDS_READ);
    await page.evaluate(inPage.closeEngine);
    const first = await page.evaluate(inPage.cachedShards);
    const { progress } = await ask(page, 1, []);
    assert.equal(fetched(), 0);
    assert.equal(progress.at(-1)?.done, progress.at(-1)?.total);
    await page.evaluate(inPage.spoilShard);
    await page.evaluate(inPage.openEngine);
    assert.equal(fetched(), 1);
    await page.waitForFunction(inPage.cacheHolds, first);
    await page.evaluate(inPage.closeEngine);
    const { answers } = await ask(page, 1, [assertScene(1)]);
    assert.deepEqual(answers, [await endpointVerdicts(assertScene(1))]);
    assert.equal(fetched(), 0);
    assert.deepEqual(complaints.splice(0), []);
  });

  it('says where it looked, as the endpoint does', async () => {
    const page = await visit(worker.url, true);
    const question = { ...assertScene(4), explain: true };
    const { answers } = await ask(page, 2, [question]);
    assert.deepEqual(answers, [await endpointResults(question)]);
    assert.match(JSON.stringify(answers), /"explanation":\{"grid":\[8,8\],"attention":\[/);
  });

  it('answers without relaxed SIMD too, vision by its graph', async () => {
    const page = await visit(worker.url, true);
    const { size } = await stat(join(repositoryFolder, 'wasm/kernels/vision.wasm'));
    const body = Buffer.alloc(size);
    await page.route('**/engine/vision.wasm', (route) => route.fulfill({ body }));
    const { model, progress, answers } = await ask(page, 2, scenes.slice(0, 5));
    assert.equal(model.vision, 'onnxruntime');
    assert.equal(progress.at(-1)?.done, progress.at(-1)?.total);
    const labels = (results: unknown) =>
      z
        .array(verdictSchema)
        .parse(results)
        .map(({ label }) => label);
    const expected = await Promise.all(scenes.slice(0, 5).map(endpointVerdicts));
    assert.deepEqual(answers.map(labels), expected.map(labels));
    assert.deepEqual(complaints.splice(0), []);
  });

  it('takes one thread where an isolated page shares no memory', async () => {
    const page = await visit(worker.url, true);
    await changeWorker(page, 'delete globalThis.SharedArrayBuffer;');
    const { isolated, threads, answers } = await ask(page, 2, [assertScene(3)]);
    assert.deepEqual([isolated, threads], [true, 1]);
    assert.deepEqual(answers, [await endpointVerdicts(assertScene(3))]);
  });

  it('says so when a thread does not start', async () => {
    const page = await visit(worker.url, true);
    await changeWorker(
      page,
      'Worker.prototype.postMessage = () => { throw new Error("no mail"); };',
    );
    const refused = await askLocalEngine(page, { threads: 2 }, []);
    assert.match(
      String(refused),
      /^runtime_dead: cannot run the engine in this browser: .*no mail/,
    );
    assert.ok(complaints.splice(0).every((said) => said.includes('no mail')));
  });

  it('ends early for who stops reading, aborts or closes', async () => {
    const page = await visit(worker.url, true);
    const { image } = assertScene(2);
    assert.deepEqual(await page.evaluate(inPage.interrupt, image), {
      given: 'not that much',
      read: 1,
      aborted: 'enough',
      sentences: 1,
      closed: 'runtime_dead',
    });
  });

  it('refuses a shard that is broken at the endpoint, and takes it when it is whole again', async (t) => {
    const page = await visit(worker.url, true);
    const [{ sha256 } = assert.fail('no shard')] = manifest.files['judge.weights'].shards;
    const key = `${sha256}.bin`;
    const whole = await (await worker.bucket.get(key))?.arrayBuffer();
    assert.ok(whole !== undefined);
    t.after(() => worker.bucket.put(key, whole));
    const broken = new Uint8Array(whole.slice(0));
    broken[1000] = (broken[1000] ?? 0) ^ 1;
    await worker.bucket.put(key, broken.buffer);
    const refused = await askLocalEngine(page, { threads: 1 }, []);
    assert.match(
      String(refused),
      /^model_integrity: cannot use [0-9a-f]{64}\.bin: its SHA-256 is /,
    );
    await worker.bucket.put(key, whole);
    await ask(page, 1, []);
  });

  it('needs a key where the endpoint does', async (t) => {
    const key = 'k'.repeat(43);
    const closed = await startLocalWorker({
      modelFolder: defaultModelFolder,
      bundleFolder: await bundleOnce(),
      settings: { API_KEYS: `visitor:${await sha256Hex(new TextEncoder().encode(key))}` },
    });
    t.after(() => closed.dispose());
    const page = await visit(closed.url, true);
    const refused = await askLocalEngine(page, { threads: 1 }, []);
    assert.match(String(refused), /^unauthorized: cannot take the request/);
    const seen = await askLocalEngine(page, { threads: 1, apiKey: key }, []);
    assert.ok(typeof seen !== 'string', String(seen));
  });
});
