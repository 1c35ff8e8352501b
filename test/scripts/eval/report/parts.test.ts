import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accuracyBar } from '../../../../scripts/eval/report/accuracy-bar.ts';
import { escapeHtml } from '../../../../scripts/eval/report/escape-html.ts';
import { surenessBins } from '../../../../scripts/eval/report/sureness-bins.ts';
import { worstMistakes } from '../../../../scripts/eval/report/worst-mistakes.ts';
import { sampleEvaluation } from '../sample-evaluation.ts';

describe('escapeHtml()', () => {
  it('leaves nothing that could end a text or an attribute', () => {
    assert.equal(escapeHtml(`<a b="c" d='e'>&`), '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
  });
});

describe('worstMistakes()', () => {
  it('takes wrong answers alone, the surest first', () => {
    const found = worstMistakes(sampleEvaluation(), 9).map(({ pair }) => pair.where);
    assert.deepEqual(found, ['rows.jsonl:5', 'rows.jsonl:4']);
    assert.equal(worstMistakes(sampleEvaluation(), 1).length, 1);
  });

  it('takes one a picture', () => {
    const { pairs, answers } = sampleEvaluation();
    const same = pairs.map((pair) => ({ ...pair, image: 'rgb.png' }));
    assert.equal(worstMistakes({ pairs: same, answers }, 9).length, 1);
  });
});

describe('surenessBins()', () => {
  it('sorts answers into tenths of their own score and leaves empty ones out', () => {
    const bins = surenessBins(sampleEvaluation());
    assert.deepEqual(
      bins.map(({ pairs, accuracy }) => [pairs, accuracy]),
      [
        [1, 0],
        [1, 1],
        [1, 1],
        [3, 2 / 3],
      ],
    );
    // The mean of 0.9, 0.98 and 0.99, in doubles.
    assert.ok(Math.abs((bins[3]?.score ?? 0) - 2.87 / 3) < 1e-12);
  });

  it('puts a score of 1 into the last tenth', () => {
    const { pairs, answers } = sampleEvaluation();
    const [answer = assert.fail()] = answers;
    const sure = { ...answer, scores: { entailment: 1, neutral: 0, contradiction: 0 } };
    assert.deepEqual(surenessBins({ pairs: pairs.slice(0, 1), answers: [sure] }), [
      { pairs: 1, score: 1, accuracy: 1 },
    ]);
  });
});

describe('accuracyBar()', () => {
  const plain = { pairs: 8, correct: 4, accuracy: 0.5, interval: [0.25, 0.75] } as const;

  it('draws the bar as long as the accuracy and the interval around its end', () => {
    const svg = accuracyBar(plain);
    assert.match(svg, /class="bar"[^>]* width="50\.00%"/);
    assert.match(svg, /x1="25\.00%" x2="75\.00%"/);
    assert.doesNotMatch(svg, /class="(baseline|against)"/);
  });

  it('marks baseline and other model where there are any', () => {
    const share = { correct: 2, accuracy: 0.25, interval: [0.1, 0.5] } as const;
    const svg = accuracyBar({ ...plain, baseline: share, against: { ...share, accuracy: 0.6 } });
    assert.match(svg, /class="baseline" x1="25\.00%"/);
    assert.match(svg, /class="against" cx="60\.00%"/);
  });
});
