import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { picturesIn } from '../../../../scripts/eval/input/read-picture.ts';
import { MAX_EMBEDDED_BYTES } from '../../../../scripts/eval/report/embed-picture.ts';
import { MAX_SHOWN_MISTAKES, writeReport } from '../../../../scripts/eval/report/write-report.ts';
import { sampleEvaluation } from '../sample-evaluation.ts';

const pictures = picturesIn(fileURLToPath(new URL('../../../fixtures/images', import.meta.url)));
const PUBLISHED = { isSnliVe: true, published: 'distilled' } as const;

describe('writeReport()', () => {
  it('is one page that fetches nothing', async () => {
    const html = await writeReport(sampleEvaluation(PUBLISHED), pictures);
    assert.match(html, /^<!doctype html>/);
    const page = html.replaceAll(/data:image\/[a-z]+;base64,[A-Za-z0-9+/=]+/g, 'data:image');
    assert.doesNotMatch(page, /https?:|\/\/[a-z]|@import|url\(|<link|<script/i);
    const sources = [...html.matchAll(/(?:src|href)="([^"]{0,30})/g)].map(([, source]) => source);
    assert.ok(sources.length > 0);
    for (const source of sources) assert.match(source ?? '', /^data:image\/(png|jpeg);base64,/);
  });

  it('has the charts, the tables and a style for dark rooms', async () => {
    const html = await writeReport(sampleEvaluation(), pictures);
    const count = (pattern: RegExp) => html.match(pattern)?.length;
    assert.equal(count(/<svg class="accuracy"/g), 5, 'three labels and two kinds');
    assert.equal(count(/<svg class="confusion"/g), 1);
    assert.equal(count(/<svg class="sureness"/g), 1);
    assert.equal(count(/<table class="figures">/g), 2);
    assert.match(html, /prefers-color-scheme:dark/);
    assert.match(html, /<h1>66\.7 %/);
    assert.doesNotMatch(html, /NaN|undefined|Published/);
  });

  it('shows the worst mistakes, the surest first, and never as markup', async () => {
    const html = await writeReport(sampleEvaluation(), pictures);
    const sentences = [...html.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, sentence]) => sentence);
    assert.deepEqual(sentences, ['&lt;script&gt;alert(1)&lt;/script&gt;', 'three birds']);
    assert.match(html, /given: a &lt;b&gt;bold&lt;\/b&gt; caption/);
    assert.match(html, /rows\.jsonl:5 · wide\.png/);
  });

  it('keeps large pictures and further mistakes out', async () => {
    const { pairs, answers, ...rest } = sampleEvaluation();
    const [pair = assert.fail(), answer = assert.fail()] = [pairs[4], answers[4]];
    const many = Array.from({ length: MAX_SHOWN_MISTAKES + 5 }, (_, i) => i);
    const html = await writeReport(
      {
        ...rest,
        pairs: many.map((i) => ({ ...pair, image: `${i}.png` })),
        answers: many.map(() => answer),
      },
      async () => new Uint8Array(MAX_EMBEDDED_BYTES + 1),
    );
    assert.equal(html.match(/<article>/g)?.length, MAX_SHOWN_MISTAKES);
    assert.equal(html.match(/too large to show here/g)?.length, MAX_SHOWN_MISTAKES);
  });

  it('shows published figures for SNLI-VE', async () => {
    assert.match(await writeReport(sampleEvaluation(PUBLISHED), pictures), /Published for SNLI-VE/);
  });

  it('says why not for another model, and which rows were left out, never as markup', async () => {
    const html = await writeReport(sampleEvaluation({ isSnliVe: true }), pictures);
    assert.doesNotMatch(html, /Published for SNLI-VE|86\.9/);
    assert.match(html, /<br>No published figures: .*sample/);
    assert.match(
      html,
      /<br>rows left out, as the picture is not there: .*no picture &lt;b&gt;\.jpg/,
    );
  });
});
