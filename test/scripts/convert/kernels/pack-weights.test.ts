import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  largestLaneSum,
  quantiseWindows,
} from '../../../../scripts/convert/kernels/pack-weights.ts';

/** What 16 bits hold: products with a byte of at most 127. */
const MAX_SUM = Math.floor(32_767 / 127);
const windowsOf = (values: Float32Array) => ({
  outChannels: values.length / 16,
  taps: 1,
  run: 16,
  values,
});

describe('quantiseWindows()', () => {
  it('keeps every 16-bit sum of the kernel within 16 bits, whatever the weights', () => {
    const weight = fc.oneof(
      fc.float({ noNaN: true, min: -8, max: 8 }),
      fc.constantFrom(-1, 1, 0, Math.fround(0.999)),
    );
    fc.assert(
      fc.property(
        fc.float32Array({ minLength: 16, maxLength: 16 }),
        fc.array(weight, { minLength: 32, maxLength: 32 }),
        (wild, tame) => {
          const usable = wild.map((value) => (Math.abs(value) < 1e30 ? value : 0));
          const values = Float32Array.from([...usable, ...tame]);
          const { bytes, scales } = quantiseWindows(windowsOf(values), () => 0);
          assert.ok(largestLaneSum(bytes) <= MAX_SUM);
          values.forEach((value, i) => {
            const scale = scales[Math.floor(i / 16)] ?? Number.NaN;
            assert.ok(Math.abs((bytes[i] ?? 0) * scale - value) <= scale * 0.5001);
          });
        },
      ),
    );
  });

  it('costs bell-shaped weights nothing much: a scale at most a tenth above that of 127 levels', () => {
    let state = 1;
    const uniform = () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state / 2 ** 32 - 0.5;
    };
    // Sums of 12 uniform numbers are normal for all that matters here.
    const bell = () => Array.from({ length: 12 }, uniform).reduce((sum, value) => sum + value, 0);
    const values = Float32Array.from({ length: 64 * 576 }, bell);
    const windows = { outChannels: 64, taps: 3, run: 192, values };
    const { scales } = quantiseWindows(windows, () => 0);
    const ratios = Array.from(scales, (scale, channel) => {
      const row = values.subarray(channel * 576, (channel + 1) * 576);
      return scale / (Math.max(...row.map(Math.abs)) / 127);
    });
    const mean = ratios.reduce((sum, value) => sum + value, 0) / ratios.length;
    assert.ok(mean < 1.1, `${mean}`);
  });

  it('never goes below the floor that it is given', () => {
    const values = new Float32Array(32).fill(1e-9);
    assert.deepEqual(
      [...quantiseWindows(windowsOf(values), (channel) => channel + 0.5).scales],
      [0.5, 1.5],
    );
  });
});
