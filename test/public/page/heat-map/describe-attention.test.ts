import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeAttention } from '../../../../public/page/heat-map/describe-attention.ts';

/** A map of zeros but for some cells, by row and column. */
function map(rows: number, columns: number, cells: Readonly<Record<string, number>>) {
  const attention = Array.from({ length: rows * columns }, (_, cell) => {
    return cells[`${Math.floor(cell / columns)},${cell % columns}`] ?? 0;
  });
  return { grid: [rows, columns], attention } as const;
}

describe('describeAttention()', () => {
  it('names the two regions that got most, with their shares of all that went to the picture', () => {
    const explanation = map(8, 8, { '0,0': 0.1, '1,1': 0.2, '4,7': 0.1, '7,4': 0.05 });
    assert.equal(
      describeAttention(explanation),
      'Most at the top left (67 %), then at the middle right (22 %).',
    );
  });

  it('knows the middle, and maps of another shape', () => {
    assert.equal(
      describeAttention(map(3, 3, { '1,1': 3, '2,1': 1 })),
      'Most at the middle (75 %), then at the bottom centre (25 %).',
    );
    assert.equal(
      describeAttention(map(30, 20, { '29,0': 3, '0,19': 1 })),
      'Most at the bottom left (75 %), then at the top right (25 %).',
    );
    assert.equal(describeAttention(map(1, 1, { '0,0': 0.3 })), 'All at the middle (100 %).');
  });

  it('says so when all of it went elsewhere', () => {
    assert.equal(describeAttention(map(8, 8, {})), 'It did not look at the picture.');
  });
});
