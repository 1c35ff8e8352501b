import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  imagePositionIndices,
  projectPositions,
  readPositions,
} from '../../../../scripts/convert/graph/position-tables.ts';
import { syntheticTensor } from '../../../../scripts/synthetic/synthetic-tensor.ts';
import { assertNear, linearOf, normOf, rowsOf } from './plain-arithmetic.ts';

/** Computed in float64, rounded to float32 once: numbers up to 4. */
const ROUNDING = 3e-7;
const SITE = {
  table: { key: 'encoder.embed_positions', rows: 18 },
  norm: 'encoder.pos_ln',
  width: 12,
};

describe('imagePositionIndices()', () => {
  it('counts 1 + column + row * bucket size, row by row', () => {
    assert.deepEqual(imagePositionIndices(1, 42), [1]);
    assert.deepEqual(imagePositionIndices(2, 42), [1, 2, 43, 44]);
    assert.deepEqual(imagePositionIndices(3, 3), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const full = imagePositionIndices(30, 42);
    assert.equal(full.length, 900);
    assert.equal(full.at(-1), 1 + 29 + 29 * 42);
  });
});

describe('readPositions()', () => {
  it('gathers rows in the order wanted and normalises each', () => {
    const indices = [3, 0, 17, 3];
    const positions = readPositions(syntheticTensor, { ...SITE, indices });
    assert.deepEqual([positions.rows, positions.width], [4, 12]);
    const table = rowsOf(syntheticTensor('encoder.embed_positions.weight', [18, 12]), 12);
    const rows = indices.map((index) => table[index] ?? []);
    const expected = normOf(syntheticTensor, 'encoder.pos_ln', rows);
    assertNear(positions.values, expected.flat(), ROUNDING);
  });

  it('does not divide by zero where a row has no variance', () => {
    const flat = (key: string, shape: readonly number[]) =>
      new Float32Array(shape.reduce((product, side) => product * side, 1)).fill(
        key.endsWith('ln.bias') ? 0.25 : 2,
      );
    const { values } = readPositions(flat, { ...SITE, indices: [1] });
    assert.deepEqual([...values], new Array(12).fill(0.25));
  });
});

describe('projectPositions()', () => {
  it('applies the linear layer and the factor: scale * (W x + b)', () => {
    const positions = readPositions(syntheticTensor, { ...SITE, indices: [0, 5, 9] });
    const key = 'encoder.pos_q_linear';
    const projected = projectPositions(syntheticTensor, positions, { key, scale: 0.3 });
    const expected = linearOf(syntheticTensor, key, rowsOf(positions.values, 12), 12);
    assertNear(
      projected,
      expected.flat().map((value) => value * 0.3),
      ROUNDING,
    );
  });
});
