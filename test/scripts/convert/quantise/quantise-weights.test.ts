import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { quantiseRows } from '../../../../scripts/convert/quantise/quantise-weights.ts';

const COLUMNS = 6;
/** Largest relative error of a float32 scale. */
const FLOAT32_EPSILON = 2 ** -24;
/** Below 1e-30 a scale would come near the smallest float32: no trained weight is that small and matters. */
const weight = fc.oneof(
  fc.constant(0),
  fc.float({ noNaN: true, min: Math.fround(1e-30), max: Math.fround(1e30) }),
  fc.float({ noNaN: true, min: Math.fround(-1e30), max: Math.fround(-1e-30) }),
  fc
    .float({ noNaN: true, min: -2, max: 2 })
    .filter((value) => value === 0 || Math.abs(value) > 1e-30),
);
const row = fc.array(weight, { minLength: COLUMNS, maxLength: COLUMNS });
const rows = fc.array(row, { minLength: 1, maxLength: 5 });

describe('quantiseRows()', () => {
  it('is off by half a step at most: |w - q s| <= s / 2', () => {
    fc.assert(
      fc.property(rows, (matrix) => {
        const { bytes, scales } = quantiseRows(Float32Array.from(matrix.flat()), matrix.length);
        matrix.flat().forEach((value, i) => {
          const scale = scales[Math.floor(i / COLUMNS)] ?? Number.NaN;
          const error = Math.abs(Math.fround(value) - (bytes[i] ?? Number.NaN) * scale);
          // The scale itself is rounded to float32: 127 such errors at most.
          assert.ok(
            error <= scale * (0.5 + 127 * FLOAT32_EPSILON),
            `${value}: ${error} of ${scale}`,
          );
        });
      }),
    );
  });

  it('uses -127..127 in full: the largest of a row becomes 127, never -128', () => {
    fc.assert(
      fc.property(row, (values) => {
        const { bytes } = quantiseRows(Float32Array.from(values), 1);
        const largest = Math.max(...Array.from(bytes, Math.abs));
        assert.equal(largest, values.some((value) => value !== 0) ? 127 : 0);
      }),
    );
  });

  it('treats each row alone: together they get what each gets by itself', () => {
    fc.assert(
      fc.property(rows, (matrix) => {
        const { bytes, scales } = quantiseRows(Float32Array.from(matrix.flat()), matrix.length);
        matrix.forEach((values, r) => {
          const alone = quantiseRows(Float32Array.from(values), 1);
          assert.deepEqual(bytes.subarray(r * COLUMNS, (r + 1) * COLUMNS), alone.bytes);
          assert.equal(scales[r], alone.scales[0]);
        });
      }),
    );
  });

  it('is symmetric, and does not care for the size of a row', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 20 }),
        (values) => {
          const plain = quantiseRows(Float32Array.from(values), 1);
          const larger = quantiseRows(
            Float32Array.from(values, (value) => value * 1024),
            1,
          );
          assert.deepEqual(larger.bytes, plain.bytes);
          const turned = quantiseRows(
            Float32Array.from(values, (value) => -value),
            1,
          );
          turned.bytes.forEach((byte, i) => {
            // A tie between two steps goes up in both, so that the two differ by one there.
            assert.ok(Math.abs(byte + (plain.bytes[i] ?? Number.NaN)) <= 1);
          });
        },
      ),
    );
  });

  it('gives a row of zeros scale 1', () => {
    const { bytes, scales } = quantiseRows(Float32Array.of(0, 0, 3, -1), 2);
    assert.equal(scales[0], 1);
    assert.deepEqual([...bytes.subarray(0, 2)], [0, 0]);
  });

  it('has values worked out by hand', () => {
    const { bytes, scales } = quantiseRows(Float32Array.of(1.27, -0.63, 0.004, 0.006), 1);
    assert.equal(scales[0], Math.fround(Math.fround(1.27) / 127));
    assert.deepEqual([...bytes], [127, -63, 0, 1]);
  });
});
