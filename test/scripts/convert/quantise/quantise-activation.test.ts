import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import {
  codeAfterRelu,
  codeSigned,
} from '../../../../scripts/convert/quantise/quantise-activation.ts';

const bound = fc.double({ noNaN: true, min: -1000, max: 1000 });
const range = fc
  .tuple(bound, bound)
  .map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }));
/** A float32 scale is off by this part of itself, 255 times at most. */
const FLOAT32_EPSILON = 2 ** -24;

describe('codeAfterRelu()', () => {
  it('puts the upper end at byte 127 and zero at byte 0: 7 bits', () => {
    fc.assert(
      fc.property(
        range.filter(({ high }) => high > 1e-6),
        ({ low, high }) => {
          const { scale, zeroPoint } = codeAfterRelu({ low, high });
          assert.equal(zeroPoint, 0);
          assert.equal(scale, Math.fround(scale));
          assert.equal(Math.round(high / scale), 127);
        },
      ),
    );
  });

  it('gives a channel that is never above zero a small scale, not zero', () => {
    for (const high of [0, -1, 1e-9]) {
      const { scale } = codeAfterRelu({ low: -5, high });
      assert.equal(scale, Math.fround(1e-6 / 127));
    }
  });
});

describe('codeSigned()', () => {
  it('represents zero exactly: an integer zero point in 0..255', () => {
    fc.assert(
      fc.property(range, ({ low, high }) => {
        const { scale, zeroPoint } = codeSigned({ low, high });
        assert.ok(Number.isInteger(zeroPoint) && zeroPoint >= 0 && zeroPoint <= 255);
        assert.ok(scale > 0 && scale === Math.fround(scale));
      }),
    );
  });

  it('holds every value of the range to within a step', () => {
    fc.assert(
      fc.property(range, fc.double({ noNaN: true, min: 0, max: 1 }), ({ low, high }, share) => {
        const value = low + (high - low) * share;
        const { scale, zeroPoint } = codeSigned({ low, high });
        const byte = Math.min(255, Math.max(0, Math.round(value / scale) + zeroPoint));
        const error = Math.abs((byte - zeroPoint) * scale - value);
        // Half a step by rounding the value, half by rounding the zero point where an end is cut off.
        assert.ok(
          error <= scale * (1 + 255 * FLOAT32_EPSILON),
          `${value}: off by ${error}, step ${scale}`,
        );
      }),
    );
  });

  it('uses 255 steps for the range widened to contain zero', () => {
    assert.deepEqual(codeSigned({ low: -127, high: 128 }), { scale: 1, zeroPoint: 127 });
    assert.deepEqual(codeSigned({ low: 51, high: 510 }), { scale: 2, zeroPoint: 0 });
    assert.deepEqual(codeSigned({ low: -510, high: -51 }), { scale: 2, zeroPoint: 255 });
  });

  it('gives a range of zeros a small scale, not zero', () => {
    const { scale, zeroPoint } = codeSigned({ low: 0, high: 0 });
    assert.ok(scale > 0);
    assert.equal(zeroPoint, 0);
  });
});
