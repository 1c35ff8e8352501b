import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page, Route } from 'playwright-core';
import type * as z from 'zod/mini';
import { verdictSchema } from '../../functions/pipeline/verdict-schema.ts';

type Verdict = z.infer<typeof verdictSchema>;

/** The page, opened as a new visitor. */
export interface Playground {
  readonly page: Page;
  /** What the console complained of, and what was thrown. */
  readonly complaints: readonly string[];
}

/** How {@linkcode openPlayground} opens it. */
export interface OpenOptions extends BrowserContextOptions {
  /** Answers in place of the endpoint, by the path's glob. */
  readonly routes?: Readonly<Record<string, (route: Route) => Promise<void>>>;
}

/** Opens the page and waits until its first question is answered, or refused. */
export async function openPlayground(
  browser: Browser,
  url: string,
  { routes = {}, ...context }: OpenOptions = {},
): Promise<Playground> {
  const page = await (await browser.newContext(context)).newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (said) => {
    if (said.type() === 'error' || said.type() === 'warning') complaints.push(said.text());
  });
  for (const [glob, answer] of Object.entries(routes)) await page.route(glob, answer);
  await page.goto(url);
  await page.locator('html[data-ready]').waitFor();
  return { page, complaints };
}

/** Writes sentences in place of those that stand there. */
export async function writeSentences(page: Page, sentences: readonly string[]): Promise<void> {
  const removers = page.getByRole('button', { name: /^Remove sentence/ });
  while ((await removers.count()) > 1) await removers.last().click();
  await page.locator('.sentence textarea').fill(sentences[0] ?? assert.fail('no sentence'));
  for (const sentence of sentences.slice(1)) {
    await page.getByRole('button', { name: 'Add a sentence' }).click();
    await page.locator('.sentence textarea').last().fill(sentence);
  }
}

/** Asks, and waits for so many verdicts. */
export async function askPage(page: Page, verdicts: number): Promise<void> {
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page
    .locator('.verdict')
    .nth(verdicts - 1)
    .waitFor();
}

/** The same, and reads what the endpoint answered. */
export async function askAndRead(page: Page, verdicts: number): Promise<Verdict[]> {
  let text = '';
  await page.route('**/v1/entail/batch', async (route) => {
    const response = await route.fetch();
    text = await response.text();
    await route.fulfill({ response, body: text });
  });
  await askPage(page, verdicts);
  await page.unroute('**/v1/entail/batch');
  const lines = text.trimEnd().split('\n');
  return lines.map((line) => verdictSchema.parse(JSON.parse(line)));
}

/** The labels that the page shows, from top to bottom. */
export function shownLabels(page: Page): Promise<string[]> {
  return page.locator('.verdict-label strong').allTextContents();
}

/** A file as playwright puts it into a field. */
export function fileOf(name: string, bytes: Uint8Array, mimeType = 'image/png') {
  return { name, mimeType, buffer: Buffer.from(bytes) };
}
