import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findFailures } from '../../../scripts/entail/find-failures.ts';
import type { Condition } from '../../../scripts/entail/parse-options.ts';
import { answerOf, BROKEN, verdictOf } from './sample-answers.ts';

const ANSWERS = [
  answerOf('a.png', 'sure', verdictOf('contradiction', 0.95)),
  answerOf('a.png', 'unsure', verdictOf('contradiction', 0.5)),
  answerOf('a.png', 'open', verdictOf('neutral', 0.9)),
  answerOf('a.png', 'fits', verdictOf('entailment', 0.99)),
  answerOf('b.png', 'broken', BROKEN),
];

describe('findFailures()', () => {
  const cases: readonly (readonly [condition: Condition | null, failed: readonly string[]])[] = [
    [null, []],
    [{ labels: ['contradiction'], minScore: 0 }, ['sure', 'unsure']],
    [{ labels: ['contradiction'], minScore: 0.95 }, ['sure']],
    [{ labels: ['contradiction', 'neutral'], minScore: 0.8 }, ['sure', 'open']],
    [{ labels: ['entailment'], minScore: 1 }, []],
  ];
  for (const [condition, failed] of cases) {
    it(`finds ${failed.join(', ') || 'nothing'} with ${JSON.stringify(condition)}`, () => {
      const found = [...findFailures(ANSWERS, condition)];
      assert.deepEqual(
        found.map(({ hypothesis }) => hypothesis),
        failed,
      );
    });
  }
});
