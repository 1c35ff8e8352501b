import assert from 'node:assert/strict';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Route } from 'playwright-core';
import { ERROR_CODES } from '../../client/error-codes.ts';
import { ERROR_STATUS } from '../../functions/lib/entail-error.ts';
import { NEXT_STEP } from '../../public/page/errors/next-step.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { type LocalWorker, startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { bundleOnce } from '../workerd/bundle-once.ts';
import { NO_BROWSER, openBrowser } from './open-browser.ts';
import { fileOf, openPlayground, shownLabels, writeSentences } from './open-playground.ts';

const BYTES_PER_MIB = 1024 * 1024;

describe('what goes wrong, in Chromium', { skip: NO_BROWSER }, () => {
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

  it('says in words that a file is too large, is no picture, or is damaged; the picture before stays', async () => {
    const { page } = await openPlayground(browser, worker.url);
    const photo = imageFixture('baseline-420.jpg');
    const huge = join(temporaryFolder(), 'huge.png');
    writeFileSync(huge, '');
    truncateSync(huge, 65 * BYTES_PER_MIB);
    for (const [file, words] of [
      [huge, /too large.*smaller copy.*65 MiB, at most 64/],
      [fileOf('notes.txt', Buffer.from('no picture')), /cannot be read as a picture.*notes\.txt/],
      [
        fileOf('half.jpg', photo.subarray(0, 100), 'image/jpeg'),
        /cannot be read as a picture.*half\.jpg/,
      ],
      [fileOf('bomb.png', pngHeader(60_000)), /cannot be read as a picture.*too large.*bomb\.png/],
    ] as const) {
      await page.locator('#file').setInputFiles(file);
      const notice = page.locator('#picture-notice');
      await notice.getByText(typeof file === 'string' ? 'huge.png' : file.name).waitFor();
      assert.match((await notice.textContent()) ?? '', words);
      assert.match((await page.locator('#picture-caption').textContent()) ?? '', /^two-birds/);
    }
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.locator('.verdict').nth(2).waitFor();
    assert.ok(await page.locator('#picture-notice').isHidden());
  });

  it('passes on what the endpoint says of a picture that only looks whole', async () => {
    const { page } = await openPlayground(browser, worker.url);
    const photo = imageFixture('baseline-420.jpg');
    const cut = fileOf('cut.jpg', photo.subarray(0, photo.length - 3000), 'image/jpeg');
    await page.locator('#file').setInputFiles(cut);
    await page.getByText('cut.jpg, 640 × 427').waitFor();
    await page.locator('.sentence textarea').fill('There is a dog.');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByText('The end of the picture is missing').waitFor();
    assert.match(
      (await page.locator('#notice').textContent()) ?? '',
      /image_truncated · [0-9a-f-]{36}$/,
    );
    assert.deepEqual(await shownLabels(page), []);
    assert.equal(await page.locator('.waiting').count(), 0);
  });

  it('shows the problem of one sentence in its place, and verdicts for the others', async () => {
    const { page } = await openPlayground(browser, worker.url);
    await writeSentences(page, ['There are two birds.', '???', 'A crab.']);
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.locator('.verdict').nth(1).waitFor();
    const problem = await page.locator('.sentence').nth(1).locator('.problem').textContent();
    assert.match(problem ?? '', /cannot be asked like this.*it says nothing.*invalid_request/);
  });

  it('has a title and a next step for every code that the endpoint may answer', async () => {
    const codes = ERROR_CODES.filter((code) => code !== 'unauthorized');
    assert.equal(codes.length, Object.keys(ERROR_STATUS).length - 1);
    let code: (typeof ERROR_CODES)[number] = 'internal';
    const answer = (route: Route) =>
      route.fulfill({
        status: ERROR_STATUS[code],
        contentType: 'application/problem+json',
        headers: { 'X-Request-Id': 'r-1' },
        body: JSON.stringify({
          code,
          detail: `cannot: ${code}`,
          status: ERROR_STATUS[code],
          retryable: false,
          request_id: 'r-1',
        }),
      });
    const { page } = await openPlayground(browser, worker.url);
    await page.route('**/v1/entail/batch', answer);
    for (code of codes) {
      await page.getByRole('button', { name: 'Ask', exact: true }).click();
      await page.locator('#notice').getByText(`cannot: ${code} · ${code} · r-1`).waitFor();
      const { title, step } = NEXT_STEP[code];
      assert.ok(
        (await page.locator('#notice').textContent())?.startsWith(`${title}. ${step}`),
        code,
      );
    }
  });

  it('says when nobody answers, and when a stream breaks off what has been answered stands', async () => {
    const { page } = await openPlayground(browser, worker.url);
    await page.route('**/v1/entail/batch', async (route) => {
      const response = await route.fetch();
      const [line = ''] = (await response.text()).split('\n');
      await route.fulfill({ response, body: `${line}\n` });
    });
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByText('The connection broke off.').waitFor();
    assert.deepEqual(await shownLabels(page), ['Entailment']);
    await page.unroute('**/v1/entail/batch');
    // All of it: an endpoint that answers something else is not gone, the connection broke off.
    await page.route('**/v1/**', (route) => route.abort());
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByText('The endpoint does not answer').waitFor({ timeout: 20_000 });
  });
});

/** A PNG of 60,000 x 60,000 that ends behind its header. */
function pngHeader(side: number): Uint8Array {
  const bytes = Buffer.alloc(33);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(bytes);
  bytes.writeUInt32BE(side, 16);
  bytes.writeUInt32BE(side, 20);
  bytes.set([8, 2], 24);
  return bytes;
}
