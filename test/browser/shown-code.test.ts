import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { verdictSchema } from '../../functions/pipeline/verdict-schema.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { type LocalWorker, startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { runScript } from '../lib/run-script.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { sceneFixture } from '../model-shards/scene-fixture.ts';
import { bundleOnce } from '../workerd/bundle-once.ts';
import { NO_BROWSER, openBrowser } from './open-browser.ts';
import { askAndRead, fileOf, openPlayground, writeSentences } from './open-playground.ts';

/** Runs a command that the page shows, as a person would who pasted it. */
async function runCurl(page: Page, cwd: string) {
  const command = (await page.locator('#curl').textContent()) ?? '';
  const { exitCode, stdout, stderr } = await runScript(['sh', '-c', command], { cwd });
  assert.equal(exitCode, 0, `${command}\n${stderr}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => verdictSchema.parse(JSON.parse(line)));
}

/** Runs a module that the page shows, with the client of this repository; it prints JavaScript's view of each verdict. */
async function runTypescript(page: Page, cwd: string): Promise<string> {
  const contents = (await page.locator('#typescript').textContent()) ?? '';
  await build({
    stdin: { contents, loader: 'ts', resolveDir: cwd },
    alias: { 'edge-entail/client': join(repositoryFolder, 'client/index.ts') },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: join(cwd, 'shown.mjs'),
    logLevel: 'silent',
  });
  const { exitCode, stdout, stderr } = await runScript([process.execPath, 'shown.mjs'], { cwd });
  assert.equal(exitCode, 0, `${contents}\n${stderr}`);
  return stdout;
}

describe('the code that the page shows', { skip: NO_BROWSER }, () => {
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

  it('asks what the page asks: a scene and several sentences', async () => {
    const { page } = await openPlayground(browser, worker.url);
    const shown = await askAndRead(page, 3);
    const folder = temporaryFolder();
    assert.deepEqual(await runCurl(page, folder), shown);
    const printed = await runTypescript(page, folder);
    assert.deepEqual(
      [...printed.matchAll(/label: '(\w+)'/g)].map(([, label]) => label),
      shown.map(({ label }) => label),
    );
  });

  it('asks what the page asks: a file of one’s own, one sentence, a caption, an explanation', async () => {
    const { page } = await openPlayground(browser, worker.url);
    const name = "Bob's dogs; 1.png";
    const folder = temporaryFolder();
    writeFileSync(join(folder, name), sceneFixture('two-dogs.png'));
    await page.locator('#file').setInputFiles(fileOf(name, sceneFixture('two-dogs.png')));
    await page.getByText('sent as it is').waitFor();
    await writeSentences(page, ["There are Bob's 'two' dogs; \"aren't\" there?"]);
    await page.getByText('Add a caption (premise)').click();
    await page.locator('#premise').fill('@dogs & hearts');
    await page.getByLabel('Show where it looked').check();
    await page.locator('.look').waitFor();
    const [shown = assert.fail()] = await askAndRead(page, 1);
    assert.deepEqual(await runCurl(page, folder), [shown]);
    const printed = await runTypescript(page, folder);
    assert.ok(printed.includes(`entailment: ${shown.scores.entailment}`), printed);
    assert.match(printed, /explanation: \{/);
  });

  it('names the copy where the page sends one, which can be saved', async () => {
    const { page } = await openPlayground(browser, worker.url);
    await page.locator('#file').setInputFiles(fileOf('large.jpg', imageFixture('large.jpg')));
    await page.getByText('What the model sees of it is sent').waitFor();
    await writeSentences(page, ['There is a green square.']);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Save what is sent' }).click(),
    ]);
    const folder = temporaryFolder();
    await download.saveAs(join(folder, download.suggestedFilename()));
    assert.deepEqual(await runCurl(page, folder), await askAndRead(page, 1));
  });

  it('is copied by its button', async () => {
    const { page } = await openPlayground(browser, worker.url, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.locator('#copy-curl').click();
    await page.getByText('Copied').waitFor();
    const copied = await page.evaluate('navigator.clipboard.readText()');
    assert.equal(copied, await page.locator('#curl').textContent());
    await page.evaluate(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`);
    await page.locator('#copy-typescript').click();
    await page.getByText('Selected').waitFor();
    const selected = await page.evaluate('getSelection().toString()');
    assert.equal(selected, await page.locator('#typescript').textContent());
  });
});
