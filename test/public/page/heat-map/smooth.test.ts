import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { smooth } from '../../../../public/page/heat-map/smooth.ts';

const sumOf = (weights: readonly number[]) => weights.reduce((sum, weight) => sum + weight, 0);

describe('smooth()', () => {
  it('leaves an even map even, and any map with the sum it had but for what leans over the edge', () => {
    const even = smooth({ grid: [2, 3], attention: Array(6).fill(0.1) }, 4);
    assert.deepEqual(even.grid, [8, 12]);
    for (const weight of even.attention) assert.ok(Math.abs(weight - 0.1) < 1e-12);
    const inside = smooth(
      { grid: [7, 7], attention: Array.from({ length: 49 }, (_, i) => Number(i === 24)) },
      8,
    );
    assert.ok(Math.abs(sumOf(inside.attention) / 64 - 1) < 1e-12);
  });

  it('has its peak in the cell that had it, and never leaves the range of the cells', () => {
    const attention = [0.1, 0.2, 0.1, 0, 0, 0.9, 0.1, 0, 0.1, 0.1, 0.1, 0];
    const fine = smooth({ grid: [3, 4], attention }, 9);
    const peak = fine.attention.indexOf(Math.max(...fine.attention));
    const [row, column] = [Math.floor(peak / 36), peak % 36];
    assert.deepEqual([Math.floor(row / 9), Math.floor(column / 9)], [1, 1]);
    assert.ok(fine.attention.every((weight) => weight >= 0 && weight <= 0.9));
  });
});
