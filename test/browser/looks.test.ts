import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page, Route } from 'playwright-core';
import { PNG } from 'pngjs';
import * as z from 'zod';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { type LocalWorker, startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { bundleOnce } from '../workerd/bundle-once.ts';
import { artifactPath, NO_BROWSER, openBrowser } from './open-browser.ts';
import { openPlayground, writeSentences } from './open-playground.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const violationsSchema = z.array(
  z.object({ id: z.string(), impact: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
);
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const DESKTOP = { viewport: { width: 1280, height: 900 } };

const NOTES = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') };

/** A model that looked at the lower left of 8 x 8 cells, whatever it is asked; one sentence. */
async function lookLowerLeft(route: Route): Promise<void> {
  const attention = Array.from({ length: 64 }, (_, cell) => {
    const [row, column] = [Math.floor(cell / 8), cell % 8];
    return 0.05 * Math.exp(-((row - 6) ** 2 + (column - 1) ** 2) / 3);
  });
  const verdict = {
    label: 'entailment',
    answer: 'yes',
    scores: { entailment: 0.7, neutral: 0.2, contradiction: 0.1 },
    image: { format: 'png', width: 384, height: 384 },
    model: { name: 'drawn-scenes', revision: 'sha256:0', dtype: 'int8' },
    explanation: { grid: [8, 8], attention },
  };
  const body = `${JSON.stringify(verdict)}\n`;
  await route.fulfill({ contentType: 'application/x-ndjson', body });
}

/** The heat map's colours, row-major: red, green, blue, alpha of each pixel. */
async function heatMapPixels(page: Page): Promise<Buffer> {
  const url = String(await page.evaluate("document.getElementById('heat-map').toDataURL()"));
  return PNG.sync.read(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')).data;
}

/** What axe calls serious or critical. */
async function seriousFindings(page: Page) {
  await page.evaluate(AXE);
  const violations = violationsSchema.parse(
    await page.evaluate('axe.run().then(({ violations }) => violations)'),
  );
  return violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('how the page looks, in Chromium', { skip: NO_BROWSER }, () => {
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

  for (const [device, context] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`is accessible and fits a ${device}, ${colorScheme}; leaves screenshots`, async () => {
        const options = { ...context, colorScheme, reducedMotion: 'reduce' } as const;
        const { page, complaints } = await openPlayground(browser, worker.url, options);
        const check = async (state: string) => {
          const path = artifactPath(`${device}-${colorScheme}-${state}.png`);
          await page.screenshot({ path, fullPage: true });
          assert.deepEqual(await seriousFindings(page), [], state);
          const width = await page.evaluate('document.documentElement.scrollWidth');
          assert.ok(Number(width) <= context.viewport.width, `${state}: ${width} px wide`);
        };
        await check('answered');
        await page.getByText('Add a caption (premise)').click();
        await page.getByLabel('Show where it looked').check();
        await page.locator('.look').nth(2).waitFor();
        await check('heat-map');
        const photo = {
          name: 'lake.jpg',
          mimeType: 'image/jpeg',
          buffer: Buffer.from(imageFixture('large.jpg')),
        };
        await page.locator('#file').setInputFiles(photo);
        await page.getByText('What the model sees of it is sent').waitFor();
        await check('own-picture');
        await writeSentences(page, [
          '???',
          'A sentence of averagelylongwordsandonethatisverymuchlongerthananyscreen'.repeat(3),
        ]);
        await page.locator('#file').setInputFiles(NOTES);
        await page.getByText('cannot be read as a picture').waitFor();
        await check('trouble');
        assert.deepEqual(complaints, []);
      });
    }
  }

  it('offers the camera where there is a finger, and dropping where there is a mouse', async () => {
    for (const [context, camera] of [
      [PHONE, true],
      [DESKTOP, false],
    ] as const) {
      const { page } = await openPlayground(browser, worker.url, context);
      const photograph = page.getByRole('button', { name: 'Take a photo' });
      assert.equal(await photograph.isVisible(), camera);
      assert.equal(await page.getByText('or drop or paste one').isVisible(), !camera);
    }
  });

  it('draws a heat map of the grid over the whole picture, and says in words where', async () => {
    const { page, complaints } = await openPlayground(browser, worker.url, DESKTOP);
    await writeSentences(page, ['There is a bird.']);
    await page.route('**/v1/entail/batch', lookLowerLeft);
    await page.getByLabel('Show where it looked').check();
    await page
      .getByText('Most at the bottom left (78 %), then at the middle left (10 %).')
      .waitFor();
    const boxes = ['#shown', '#heat-map'].map((id) => page.locator(id).boundingBox());
    const [picture, map] = await Promise.all(boxes);
    assert.deepEqual(map, picture);
    const pixels = await heatMapPixels(page);
    assert.equal(pixels.length, 4 * 64 * 64);
    // Eight pixels a cell: the middle of the cell that got most, and the upper right corner, which got nothing.
    const alphas = [pixels[4 * (52 * 64 + 12) + 3] ?? 0, pixels[4 * 63 + 3] ?? 255] as const;
    assert.ok(alphas[0] > 150 && alphas[1] < 20, alphas.join());
    await page.unroute('**/v1/entail/batch');
    await page.getByLabel('Show where it looked').uncheck();
    await page.locator('.verdict').waitFor();
    assert.ok(await page.locator('#heat-map').isHidden());
    assert.deepEqual(complaints, []);
  });

  it('draws the map of the sentence that is chosen, from the endpoint and from this browser alike', async () => {
    const { page, complaints } = await openPlayground(browser, worker.url, DESKTOP);
    await page.getByLabel('Show where it looked').check();
    await page.locator('.look').nth(2).waitFor();
    const title = page.locator('.heat-title');
    assert.match((await title.textContent()) ?? '', /There are two birds\./);
    const first = await heatMapPixels(page);
    await page.getByRole('button', { name: 'Show where it looked' }).last().click();
    assert.match((await title.textContent()) ?? '', /A cat is chasing two birds\./);
    assert.notDeepEqual(await heatMapPixels(page), first);
    assert.equal(await page.getByRole('button', { pressed: true, name: 'Shown' }).count(), 1);
    await page.getByLabel('Run in this browser').check();
    await page.getByText('Same labels').waitFor();
    assert.match((await title.textContent()) ?? '', /There are two birds\./);
    assert.deepEqual(await heatMapPixels(page), first);
    assert.deepEqual(complaints, []);
  });

  it('brings the picture back when a heat map is asked for on a phone', async () => {
    const { page, complaints } = await openPlayground(browser, worker.url, PHONE);
    await page.getByLabel('Show where it looked').check();
    const last = page.getByRole('button', { name: 'Show where it looked' }).last();
    await last.waitFor();
    await last.scrollIntoViewIfNeeded();
    const top = async () => (await page.locator('#frame').boundingBox())?.y ?? Number.NaN;
    assert.ok((await top()) < 0);
    await last.click();
    // It scrolls smoothly.
    for (let tries = 0; tries < 50 && (await top()) < 0; tries++) await page.waitForTimeout(100);
    assert.ok((await top()) >= 0, `${await top()}`);
    assert.deepEqual(complaints, []);
  });
});
