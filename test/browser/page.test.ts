import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { bundleOnce } from '../workerd/bundle-once.ts';
import { NO_BROWSER, openBrowser } from './open-browser.ts';

describe('the page, in Chromium', { skip: NO_BROWSER }, () => {
  it('opens isolated from other origins, and runs', async (t) => {
    const worker = await startLocalWorker({
      modelFolder: defaultModelFolder,
      bundleFolder: await bundleOnce(),
    });
    t.after(() => worker.dispose());
    const browser = await openBrowser();
    t.after(() => browser.close());
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(worker.url);
    await page.waitForSelector('html[data-ready]');
    assert.equal(await page.evaluate('crossOriginIsolated'), true);
    assert.deepEqual(errors, []);
  });
});
