import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { confusionChart } from '../../../../scripts/eval/report/confusion-chart.ts';
import { figuresTable } from '../../../../scripts/eval/report/figures-table.ts';
import { surenessChart } from '../../../../scripts/eval/report/sureness-chart.ts';
import { sampleEvaluation } from '../sample-evaluation.ts';

const { summary } = sampleEvaluation();

/** The contents of all elements of a class, in the drawing's order. */
function texts(svg: string, kind: string): string[] {
  const pattern = new RegExp(`<[^>]* class="${kind}"[^>]*>([^<]*)<`, 'g');
  return [...svg.matchAll(pattern)].map(([, text = '']) => text);
}

describe('confusionChart()', () => {
  const svg = confusionChart(summary.confusion);

  it('writes counts and shares of the row, a row a truth', () => {
    assert.deepEqual(texts(svg, 'count'), ['2', '0', '1', '0', '1', '0', '0', '1', '1']);
    assert.deepEqual(texts(svg, 'share').slice(0, 3), ['66.7 %', '0.0 %', '33.3 %']);
  });

  it('makes right cells one colour, wrong ones another, the stronger the larger', () => {
    assert.equal(svg.match(/<g class="right/g)?.length, 3);
    assert.equal(svg.match(/<g class="wrong/g)?.length, 6);
    const opacities = [...svg.matchAll(/fill-opacity="([\d.]+)"/g)].map(([, value]) => value);
    assert.deepEqual(opacities.slice(0, 3), ['0.667', '0.000', '0.333']);
  });

  it('draws a truth that no pair has as zeros', () => {
    const none = { entailment: 0, neutral: 0, contradiction: 0 };
    const empty = confusionChart({ ...summary.confusion, neutral: none });
    assert.deepEqual(texts(empty, 'share').slice(3, 6), ['0.0 %', '0.0 %', '0.0 %']);
  });
});

describe('figuresTable()', () => {
  it('has a row a name, none of them markup', () => {
    const { overall = assert.fail() } = { overall: summary.by_kind.count };
    const html = figuresTable('kind', { 'a <b>': overall });
    assert.match(html, /<th scope="row">a &lt;b&gt;<\/th>/);
    assert.match(html, /<td class="number strong">66\.7 %<\/td>/);
  });

  it('has as many cells in each row as in its head, with and without comparisons', () => {
    const { pairs, correct, accuracy, interval } = summary;
    const plain = { pairs, correct, accuracy, interval };
    for (const [figures, columns] of [
      [summary, 8],
      [plain, 5],
    ] as const) {
      const html = figuresTable('label', { one: figures, two: figures });
      const [head = '', ...rows] = html.split('<tr>').slice(1);
      assert.equal(head.match(/<th /g)?.length, columns);
      assert.equal(rows.length, 2);
      for (const row of rows) assert.equal(row.match(/<t[hd] /g)?.length, columns);
    }
  });
});

describe('surenessChart()', () => {
  it('draws a dot for each tenth, higher for more right answers, larger for more answers', () => {
    const svg = surenessChart([
      { pairs: 1, score: 0.5, accuracy: 0.25 },
      { pairs: 100, score: 0.95, accuracy: 0.75 },
    ]);
    const dots = [...svg.matchAll(/cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"/g)].map((match) =>
      match.slice(1).map(Number),
    );
    const [[x1 = 0, y1 = 0, r1 = 0] = [], [x2 = 0, y2 = 0, r2 = 0] = []] = dots;
    assert.equal(dots.length, 2);
    assert.ok(x1 < x2 && y1 > y2 && r1 < r2, svg);
    assert.match(svg, /100 answers, score 95\.0 %, right 75\.0 %/);
  });
});
