import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { verdictSchema } from '../../functions/pipeline/verdict-schema.ts';
import { SCENES } from '../../public/page/gallery/scenes.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { type LocalWorker, startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { makeApiKey } from '../../scripts/lib/make-api-key.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { sceneFixture } from '../model-shards/scene-fixture.ts';
import { bundleOnce } from '../workerd/bundle-once.ts';
import { NO_BROWSER, openBrowser } from './open-browser.ts';
import {
  askAndRead,
  askPage,
  fileOf,
  openPlayground,
  shownLabels,
  writeSentences,
} from './open-playground.ts';

/** Six sentences take six times the judge; that all came at once would take nothing. */
const MIN_STREAMED_MS = 20;

describe('the playground, in Chromium', { skip: NO_BROWSER }, () => {
  let worker: LocalWorker;
  let browser: Browser;
  before(async () => {
    const bundleFolder = await bundleOnce();
    worker = await startLocalWorker({ modelFolder: defaultModelFolder, bundleFolder });
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await worker?.dispose();
  });

  /** What the endpoint says of a file when it is asked without the page. */
  async function scoresOf(image: Uint8Array, fields: Readonly<Record<string, string>>) {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append('image', new Blob([Uint8Array.from(image)]));
    const answer = await fetch(`${worker.url}/v1/entail`, { method: 'POST', body });
    return verdictSchema.parse(await answer.json()).scores;
  }

  it('opens isolated from other origins, and shows a verdict of each kind at once', async () => {
    const { page, complaints } = await openPlayground(browser, worker.url);
    assert.equal(await page.evaluate('crossOriginIsolated'), true);
    assert.deepEqual(await shownLabels(page), ['Entailment', 'Neutral', 'Contradiction']);
    const model = await page.locator('#model').textContent();
    assert.match(model ?? '', /drawn-scenes .*On photographs its answers mean nothing/);
    assert.deepEqual(complaints, []);
  });

  it('answers about a picture that is dropped', async () => {
    const { page, complaints } = await openPlayground(browser, worker.url);
    const base64 = Buffer.from(sceneFixture('two-dogs.png')).toString('base64');
    const dataTransfer = await page.evaluateHandle(`(() => {
      const bytes = Uint8Array.from(atob('${base64}'), (c) => c.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], 'dogs.png', { type: 'image/png' }));
      return transfer;
    })()`);
    await page.dispatchEvent('body', 'dragover', { dataTransfer });
    assert.ok(await page.getByText('Drop it here').isVisible());
    await page.dispatchEvent('body', 'drop', { dataTransfer });
    await page.getByText('dogs.png, 384 × 384, sent as it is.').waitFor();
    // The scene's sentences are gone, and the cursor is where the visitor's own begin.
    await page.keyboard.type('there are two birds.');
    await page.keyboard.press('Control+Enter');
    await page.locator('.verdict').waitFor();
    assert.deepEqual(await shownLabels(page), ['Contradiction']);
    assert.deepEqual(complaints, []);
  });

  it('answers about a picture that is pasted, and keeps what the visitor wrote', async () => {
    const { page } = await openPlayground(browser, worker.url);
    await writeSentences(page, ['There are two hearts.']);
    const base64 = Buffer.from(sceneFixture('two-dogs.png')).toString('base64');
    await page.evaluate(`(() => {
      const bytes = Uint8Array.from(atob('${base64}'), (c) => c.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
    })()`);
    await page.getByText('image.png, 384 × 384, sent as it is.').waitFor();
    await askPage(page, 1);
    assert.deepEqual(await shownLabels(page), ['Entailment']);
  });

  it('sends what the model sees of a large photograph, shows the whole of it, and offers what is sent', async () => {
    const { page, complaints } = await openPlayground(browser, worker.url);
    const photo = fileOf('large.jpg', imageFixture('large.jpg'), 'image/jpeg');
    await page.locator('#file').setInputFiles(photo);
    await page.getByText('2400 × 1600. What the model sees of it is sent').waitFor();
    await page.locator('.sentence textarea').fill('There is a dog.');
    const [{ image, scores } = assert.fail()] = await askAndRead(page, 1);
    assert.deepEqual(image, { format: 'png', width: 128, height: 128 });
    // The page resizes as the endpoint does, and this JPEG is decoded alike.
    assert.deepEqual(
      scores,
      await scoresOf(imageFixture('large.jpg'), { hypothesis: 'There is a dog.' }),
    );
    const shown = (await page.locator('#shown').boundingBox()) ?? assert.fail();
    assert.ok(Math.abs(shown.width / shown.height - 2400 / 1600) < 0.01);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Save what is sent' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'large-128.png');
    assert.deepEqual(complaints, []);
  });

  it('streams: answers come one by one, those to come say that they are waited for', async () => {
    const { page } = await openPlayground(browser, worker.url);
    await writeSentences(page, [
      'One bird.',
      'Two birds.',
      'A crab.',
      'A dog.',
      'A blue bird.',
      'It is night.',
    ]);
    await page.evaluate(`(() => {
      globalThis.seen = [];
      new MutationObserver(() => {
        const [verdicts, waiting] = ['.verdict', '.waiting'].map((it) => document.querySelectorAll(it).length);
        globalThis.seen.push([verdicts, waiting, performance.now()]);
      }).observe(document.getElementById('sentences'), { childList: true, subtree: true });
    })()`);
    await askPage(page, 6);
    const seen: [number, number, number][] = await page.evaluate('globalThis.seen');
    for (let verdicts = 1; verdicts < 6; verdicts++) {
      assert.ok(
        seen.some(([n, waiting]) => n === verdicts && waiting === 6 - verdicts),
        `${verdicts}`,
      );
    }
    const at = (verdicts: number) => seen.find(([n]) => n === verdicts)?.[2] ?? assert.fail();
    assert.ok(at(6) - at(1) > MIN_STREAMED_MS, `${at(6) - at(1)} ms`);
  });

  it('works by keyboard: Enter adds a sentence, removing goes on to the next, a caption is asked with', async () => {
    const { page } = await openPlayground(browser, worker.url);
    await writeSentences(page, ['A bird.']);
    await page.locator('.sentence textarea').press('Enter');
    await page.keyboard.type('A crab.');
    await page.getByRole('button', { name: 'Remove sentence 1' }).press('Enter');
    assert.deepEqual(await page.evaluate('document.activeElement.value'), 'A crab.');
    await page.getByText('Add a caption (premise)').click();
    await page.getByLabel('What you already know of the picture').fill('two birds and a crab');
    const [{ scores } = assert.fail()] = await askAndRead(page, 1);
    const fields = { hypothesis: 'A crab.', premise: 'two birds and a crab' };
    assert.deepEqual(scores, await scoresOf(sceneFixture('two-birds.png'), fields));
  });

  it('takes back answers that no longer belong to the question', async () => {
    const { page } = await openPlayground(browser, worker.url);
    await page.locator('.sentence textarea').first().fill('There is one bird.');
    assert.deepEqual(await shownLabels(page), ['Neutral', 'Contradiction']);
    await page.getByText('Add a caption (premise)').click();
    await page.locator('#premise').fill('birds');
    assert.deepEqual(await shownLabels(page), []);
    assert.ok(await page.locator('#times').isHidden());
  });

  it('shows the picture that was wanted last, however long another one takes', async () => {
    const { page } = await openPlayground(browser, worker.url);
    const [, slow = assert.fail(), fast = assert.fail()] = SCENES;
    await page.route(`**${slow.path}`, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue().catch(() => {});
    });
    await page.getByRole('button', { name: slow.alt }).click();
    await page.getByRole('button', { name: fast.alt }).click();
    await page.locator('#shown').and(page.getByAltText(fast.alt)).waitFor();
    await page.waitForTimeout(800);
    assert.equal(await page.locator('#shown').getAttribute('alt'), fast.alt);
    assert.equal(
      await page.locator('.sentence textarea').first().inputValue(),
      fast.sentences[0]?.text,
    );
  });

  it('starts from any scene of the gallery', async () => {
    const { page, complaints } = await openPlayground(browser, worker.url);
    const [, scene = assert.fail()] = SCENES;
    const marked = page.locator('#gallery [aria-pressed=true]');
    await page.getByRole('button', { name: scene.alt }).click();
    await marked.and(page.getByRole('button', { name: scene.alt })).waitFor();
    await page.locator('.verdict').nth(2).waitFor();
    const first = page.locator('.sentence textarea').first();
    assert.equal(await first.inputValue(), scene.sentences[0]?.text);
    assert.equal(await marked.count(), 1);
    assert.deepEqual(complaints, []);
  });

  it('asks for a key where the endpoint wants one, keeps it in the tab, and then answers', async (t) => {
    const { key, entry } = await makeApiKey('visitor');
    const locked = await startLocalWorker({
      modelFolder: defaultModelFolder,
      bundleFolder: await bundleOnce(),
      settings: { API_KEYS: entry },
      onLine: () => {},
    });
    t.after(() => locked.dispose());
    const { page } = await openPlayground(browser, locked.url);
    await page.getByText('This endpoint wants a key').waitFor();
    await page.getByLabel('API key').fill('not this one');
    await page.getByRole('button', { name: 'Use it' }).click();
    await page.getByText('This endpoint wants a key').waitFor();
    await page.getByLabel('API key').fill(key);
    await page.getByRole('button', { name: 'Use it' }).click();
    await page.locator('.verdict').nth(2).waitFor();
    assert.ok(await page.locator('#notice').isHidden());
    assert.match(
      (await page.locator('#curl').textContent()) ?? '',
      /Bearer \$EDGE_ENTAIL_API_KEY"/,
    );
    assert.ok(!(await page.content()).includes(key));
    assert.deepEqual(
      await page.evaluate('[Object.keys(localStorage), Object.keys(sessionStorage)]'),
      [[], ['edge-entail-api-key']],
    );
  });

  it('answers in this browser as the endpoint does, with both times, and sends nothing', async () => {
    const { page, complaints } = await openPlayground(browser, worker.url);
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url());
    });
    await page.getByLabel('Run in this browser').check();
    await page.getByText('Same labels').waitFor();
    const times = await page.locator('#times').textContent();
    assert.match(times ?? '', /^Endpoint\d+\.\d\d s.*This browser\d+\.\d\d s/);
    await page.getByText(/on (one thread|\d+ threads); the picture stays here/).waitFor();
    assert.deepEqual(await shownLabels(page), ['Entailment', 'Neutral', 'Contradiction']);
    assert.deepEqual([sent, complaints], [[], []]);
  });
});
