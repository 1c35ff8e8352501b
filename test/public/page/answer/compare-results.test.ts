import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareResults } from '../../../../public/page/answer/compare-results.ts';

const verdict = {
  label: 'entailment',
  answer: 'yes',
  scores: { entailment: 0.75, neutral: 0.125, contradiction: 0.125 },
  image: { format: 'png', width: 1, height: 1 },
  model: { name: 'm', revision: 'sha256:0', dtype: 'int8' },
} as const;
const near = { ...verdict, scores: { ...verdict.scores, neutral: 0.125 + 2 ** -30 } };
const other = { ...verdict, label: 'neutral' } as const;

test('compareResults() says which labels differ, and by how much scores do', () => {
  assert.equal(
    compareResults([verdict], [verdict]),
    'Same labels, and the scores are equal to the last bit.',
  );
  assert.equal(
    compareResults([verdict, near], [verdict, verdict]),
    'Same labels; the scores differ by at most 9e-10.',
  );
  assert.equal(
    compareResults([verdict, other], [verdict, verdict]),
    '1 of 2 labels differ, and the scores are equal to the last bit.',
  );
});
