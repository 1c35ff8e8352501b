import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uprightView } from '../../../functions/image/upright-view.ts';

// Three pixels across, two down, stored as
//   a b c
//   d e f
// and upright as Pillow's transpose methods FLIP_LEFT_RIGHT, ROTATE_180, FLIP_TOP_BOTTOM, TRANSPOSE,
// ROTATE_270, TRANSVERSE and ROTATE_90 make it for orientations 2 to 8.
const STORED = 'abcdef';
const UPRIGHT: readonly (readonly string[])[] = [
  ['abc', 'def'],
  ['cba', 'fed'],
  ['fed', 'cba'],
  ['def', 'abc'],
  ['ad', 'be', 'cf'],
  ['da', 'eb', 'fc'],
  ['fc', 'eb', 'da'],
  ['cf', 'be', 'ad'],
];

for (const [index, rows] of UPRIGHT.entries()) {
  test(`uprightView() reads orientation ${index + 1}`, () => {
    const view = uprightView(3, 2, index + 1);
    assert.equal(view.width, rows[0]?.length);
    assert.equal(view.height, rows.length);
    const read = rows.map((row, y) =>
      Array.from(row, (_, x) => STORED[(view.base + x * view.stepX + y * view.stepY) / 4]).join(''),
    );
    assert.deepEqual(read, rows);
  });
}
