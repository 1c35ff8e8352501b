import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type LocalWorker, startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';
import { apiDescription } from '../lib/api-description.ts';
import { bundleOnce } from '../workerd/bundle-once.ts';
import { artifactPath, NO_BROWSER, openBrowser } from './open-browser.ts';

describe('the API reference, in Chromium', { skip: NO_BROWSER }, () => {
  let worker: LocalWorker;
  let browser: Browser;
  before(async () => {
    worker = await startLocalWorker({ modelFolder: null, bundleFolder: await bundleOnce() });
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await worker?.dispose();
  });

  async function open(
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; errors: string[] }> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(`${worker.url}/docs`);
    return { page, errors };
  }

  for (const width of [360, 1280]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`fits ${width} px in ${colorScheme}, and axe finds nothing`, async () => {
        const reducedMotion = 'reduce';
        const viewport = { width, height: 900 };
        const { page, errors } = await open({ viewport, colorScheme, reducedMotion });
        await page.screenshot({ path: artifactPath(`docs-${width}-${colorScheme}.png`) });
        await page.evaluate("document.querySelector('#entail').scrollIntoView()");
        await page.screenshot({ path: artifactPath(`docs-${width}-${colorScheme}-entail.png`) });
        await page.evaluate("document.querySelector('#problems').scrollIntoView()");
        await page.screenshot({ path: artifactPath(`docs-${width}-${colorScheme}-problems.png`) });
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width);
        // As a string it is run by the debugger, which the page's policy does not bind.
        await page.evaluate(axe.source);
        const found = await page.evaluate<{ violations: { id: string; nodes: unknown[] }[] }>(
          'axe.run(document)',
        );
        assert.deepEqual(
          found.violations.map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes).slice(0, 300)}`),
          [],
        );
        assert.deepEqual(errors, []);
      });
    }
  }

  it('has every operation, and every link in it leads somewhere', async () => {
    const { page } = await open();
    for (const methods of Object.values(apiDescription.paths)) {
      for (const { operationId } of Object.values(methods)) {
        assert.equal(await page.locator(`section#${operationId}`).count(), 1, operationId);
      }
    }
    const links = await page
      .locator('a[href^="#"]')
      .evaluateAll((all) => all.map((it) => it.getAttribute('href')));
    assert.ok(links.length > 50);
    for (const link of new Set(links)) {
      assert.equal(await page.locator(`[id="${link?.slice(1)}"]`).count(), 1, `${link}`);
    }
  });

  it('names the endpoint it came from in what is copied', async () => {
    const { page } = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.locator('#entail .copy').first().click();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    assert.ok(copied.startsWith(`curl ${worker.url}/v1/entail`), copied);
    assert.equal(await page.locator('#entail .copy').first().textContent(), 'Copied');
  });

  it('is complete without scripts', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    assert.match(
      (await page.locator('#entail pre').first().textContent()) ?? '',
      /curl .*\/v1\/entail/,
    );
    assert.equal(await page.locator('.copy').count(), 0);
  });

  it('holds nothing of other origins', async () => {
    const text = await readFile(join(repositoryFolder, 'dist/public/docs.html'), 'utf8');
    assert.doesNotMatch(text, /(src|href)="(https?:)?\/\//);
    assert.doesNotMatch(text, /<style|style="|<script>|onclick/);
  });
});
