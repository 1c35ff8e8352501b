import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countFigures, type Judged } from '../../../scripts/eval/figures.ts';
import { summarise } from '../../../scripts/eval/summarise.ts';
import { wilsonInterval } from '../../../scripts/eval/wilson-interval.ts';

const JUDGED: readonly Judged[] = [
  { kind: 'count', truth: 'entailment', answer: 'entailment' },
  { kind: 'count', truth: 'entailment', answer: 'neutral' },
  { kind: 'count', truth: 'contradiction', answer: 'contradiction' },
  { kind: 'colour', truth: 'contradiction', answer: 'entailment' },
  { kind: 'colour', truth: 'contradiction', answer: 'contradiction' },
];

describe('countFigures()', () => {
  it('counts right answers, with their interval', () => {
    assert.deepEqual(countFigures(JUDGED), {
      pairs: 5,
      correct: 3,
      accuracy: 0.6,
      interval: wilsonInterval(3, 5),
    });
  });

  it('counts baseline and other model where all pairs have them, and labels that agree', () => {
    const group = JUDGED.map((pair) => ({
      ...pair,
      baseline: 'contradiction' as const,
      against: 'entailment' as const,
    }));
    const figures = countFigures(group);
    assert.equal(figures.baseline?.accuracy, 3 / 5);
    assert.equal(figures.against?.correct, 2);
    // The first and the fourth are answered with entailment by both, the one rightly, the other not.
    assert.equal(figures.agreement, 2 / 5);
    const half = group.map((pair, i) => (i === 0 ? { ...pair, against: undefined } : pair));
    assert.equal(countFigures(half).agreement, undefined);
  });
});

describe('summarise()', () => {
  const summary = summarise(JUDGED);

  it('groups by truth in the usual order and by kind in alphabetical order', () => {
    assert.deepEqual(Object.keys(summary.by_label), ['entailment', 'contradiction']);
    assert.deepEqual(Object.keys(summary.by_kind), ['colour', 'count']);
    assert.equal(summary.by_label.contradiction?.accuracy, 2 / 3);
    assert.equal(summary.by_kind.colour?.pairs, 2);
  });

  it('counts truth by row and answer by column', () => {
    assert.deepEqual(summary.confusion, {
      entailment: { entailment: 1, neutral: 1, contradiction: 0 },
      neutral: { entailment: 0, neutral: 0, contradiction: 0 },
      contradiction: { entailment: 1, neutral: 0, contradiction: 2 },
    });
  });

  it('has no more on top than the figures of all pairs', () => {
    assert.deepEqual([summary.pairs, summary.correct, summary.accuracy], [5, 3, 0.6]);
    assert.ok(!('baseline' in summary) && !('agreement' in summary));
  });
});
