import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeLeftOut } from '../../../scripts/eval/describe-left-out.ts';

describe('describeLeftOut()', () => {
  it('is silent when nothing was left out', () => assert.deepEqual(describeLeftOut([]), []));

  it('counts each reason and names the first rows', () => {
    const missing = [1, 2, 3, 4].map((n) => ({
      where: `a:${n}`,
      reason: 'no_picture' as const,
      detail: `no picture ${n}.jpg`,
    }));
    const lines = describeLeftOut([
      ...missing,
      { where: 'a:5', reason: 'no_gold_label', detail: null },
    ]);
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /: 4, at a:1 \(no picture 1\.jpg\), .*3\.jpg\), \.\.\.$/);
    assert.match(lines[1] ?? '', /: 1, at a:5$/);
  });
});
