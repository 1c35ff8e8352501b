// node test/browser/measure-local-engine.ts [--model DIR]: the times in docs/in-browser.md.
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { buildPage } from '../../scripts/lib/build-page.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { makeScenes } from '../../scripts/scenes/make-scenes.ts';
import { askLocalEngine, type PageAnswers, type PageQuestion } from './ask-local-engine.ts';
import { openBrowser } from './open-browser.ts';

/** Warm-up: V8 compiles the hot functions anew during the first answers. */
const WARM_SCENES = 5;
const SCENES = 25;

const { values } = parseArgs({ options: { model: { type: 'string' } } });
await buildPage();
const worker = await startLocalWorker({ modelFolder: values.model ?? defaultModelFolder });
const browser = await openBrowser();
try {
  const questions = questionsOn(await scenes());
  const rows: [string, PageAnswers | number[]][] = [];
  for (const threads of [1, 2]) {
    const page = await browser.newPage();
    await page.goto(worker.url);
    rows.push([`${threads} threads, first opening`, await open(page, threads, [])]);
    rows.push([`${threads} threads, from the cache`, await open(page, threads, questions)]);
    await page.close();
  }
  const page = await browser.newPage();
  await page.goto(worker.url);
  rows.push(['endpoint, asked from the page', await page.evaluate(askEndpoint, questions)]);
  for (const [name, seen] of rows) console.log(describe(name, seen));
} finally {
  await browser.close();
  await worker.dispose();
}

async function scenes(): Promise<string[]> {
  const made = makeScenes({ split: 'test', seed: 99, count: SCENES, side: 384 });
  return [...made].map(({ png }) => png.toString('base64'));
}

/** Each picture is new the first time, and known the second. */
function questionsOn(images: readonly string[]): PageQuestion[] {
  return images.flatMap((image) => [
    { image, hypotheses: ['there are two birds.'] },
    { image, hypotheses: ['a dog is to the left of a red car.'] },
  ]);
}

async function open(
  page: Page,
  threads: number,
  questions: readonly PageQuestion[],
): Promise<PageAnswers> {
  const seen = await askLocalEngine(page, { threads }, questions);
  if (typeof seen === 'string') throw new Error(seen);
  return seen;
}

/** Runs in the page. */
async function askEndpoint(questions: readonly PageQuestion[]): Promise<number[]> {
  const times: number[] = [];
  for (const { image, hypotheses } of questions) {
    const bytes = Uint8Array.from(atob(image), (character) => character.charCodeAt(0));
    const start = performance.now();
    const query = new URLSearchParams({ hypothesis: hypotheses.join() });
    const headers = { 'Content-Type': 'image/png' };
    const response = await fetch(`/v1/entail?${query}`, { method: 'POST', headers, body: bytes });
    await response.json();
    times.push(performance.now() - start);
  }
  return times;
}

function describe(name: string, seen: PageAnswers | number[]): string {
  const times = Array.isArray(seen) ? seen : seen.times;
  const warm = times.slice(2 * WARM_SCENES);
  const opened = Array.isArray(seen) ? '' : `open ${seen.openMs.toFixed(0)} ms`;
  if (warm.length === 0) return `${name}: ${opened}`;
  const fresh = spread(warm.filter((_, i) => i % 2 === 0));
  const known = spread(warm.filter((_, i) => i % 2 === 1));
  const first = times[0]?.toFixed(0);
  return `${name}: ${opened}, first answer ${first} ms, new picture ${fresh}, same picture ${known}`;
}

/** Least and median: other work on the machine only ever adds. */
function spread(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const [least, median] = [sorted[0], sorted[Math.floor(sorted.length / 2)]];
  return `${least?.toFixed(1)} / ${median?.toFixed(1)} ms`;
}
