import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { Verdict } from '../../../functions/pipeline/verdict.ts';
import { describeVerdict } from '../../../scripts/lib/describe-verdict.ts';

const VERDICT: Verdict = {
  label: 'contradiction',
  answer: 'no',
  scores: { entailment: 0, neutral: 0.1, contradiction: 0.9 },
  image: { format: 'jpeg', width: 640, height: 425 },
  model: { name: 'made-up', revision: 'sha256:0', dtype: 'int8' },
};

test('describeVerdict() writes the sentence, the label and three bars as long as the scores', () => {
  assert.equal(
    stripVTControlCharacters(describeVerdict('two dogs', VERDICT, process.stdout)),
    [
      'two dogs: contradiction (no)',
      `  entailment    ${'░'.repeat(30)}   0.0 %`,
      `  neutral       ${'█'.repeat(3)}${'░'.repeat(27)}  10.0 %`,
      `  contradiction ${'█'.repeat(27)}${'░'.repeat(3)}  90.0 %`,
    ].join('\n'),
  );
});
