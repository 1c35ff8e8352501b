import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeProgress } from '../../../../scripts/eval/answer/describe-progress.ts';

describe('describeProgress()', () => {
  it('says nothing before the first answer', () => {
    assert.equal(describeProgress({ done: 0, right: 0, total: 9, known: 0 }, 5), '');
  });

  it('gives the accuracy so far, and the time left by the pace of this run alone', () => {
    // Ten answers in 5 s: 490 more take 245 s.
    const counts = { done: 510, right: 408, total: 1000, known: 500 };
    assert.equal(describeProgress(counts, 5000), '80.0 % right, 4 min left');
    assert.equal(describeProgress({ ...counts, total: 512 }, 5000), '80.0 % right, 1 s left');
    assert.equal(
      describeProgress({ ...counts, total: 17_901 }, 5000),
      '80.0 % right, 2 h 25 min left',
    );
  });

  it('has no pace yet when a run goes on', () => {
    assert.equal(describeProgress({ done: 5, right: 5, total: 9, known: 5 }, 0), '100.0 % right');
  });
});
