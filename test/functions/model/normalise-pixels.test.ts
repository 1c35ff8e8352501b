import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { normalisePixels } from '../../../functions/model/normalise-pixels.ts';

const HALF = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } as const;
/** ImageNet's, as torchvision publishes them: the three channels differ. */
const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
/** float32 has 24 bits: three roundings of numbers up to 4. */
const FLOAT32_TOLERANCE = 1e-6;

describe('normalisePixels()', () => {
  it('turns interleaved pixels into planes: channel, row, column', () => {
    const pixels = Uint8Array.from({ length: 12 }, (_, i) => (i % 3) * 100 + Math.floor(i / 3));
    const out = new Float32Array(12);
    normalisePixels(pixels, { mean: [0, 0, 0], std: [1, 1, 1] }, out);
    const levels = Array.from(out, (value) => Math.round(value * 255));
    assert.deepEqual(levels, [0, 1, 2, 3, 100, 101, 102, 103, 200, 201, 202, 203]);
  });

  it('maps 0 to -1 and 255 to 1 exactly, mean and deviation 0.5', () => {
    const out = new Float32Array(6);
    normalisePixels(Uint8Array.of(0, 0, 0, 255, 255, 255), HALF, out);
    assert.deepEqual([...out], [-1, 1, -1, 1, -1, 1]);
  });

  it('rounds to float32 after every step, as the published preprocessing does', () => {
    const levels = Array.from({ length: 256 }, (_, level) => level);
    const out = new Float32Array(3 * 256);
    normalisePixels(Uint8Array.from(levels.flatMap((level) => [level, level, level])), HALF, out);
    const step = new Float32Array(1);
    for (const level of levels) {
      step[0] = level / 255;
      step[0] = (step[0] ?? 0) - 0.5;
      step[0] = (step[0] ?? 0) / 0.5;
      assert.equal(out[256 + level], step[0], `level ${level}`);
    }
  });

  it('uses the mean and deviation of each channel', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 27, maxLength: 27 }), (pixels) => {
        const out = new Float32Array(27);
        normalisePixels(pixels, IMAGENET, out);
        for (const channel of [0, 1, 2] as const) {
          for (let i = 0; i < 9; i++) {
            const value = (pixels[i * 3 + channel] ?? 0) / 255;
            const expected = (value - IMAGENET.mean[channel]) / IMAGENET.std[channel];
            const difference = Math.abs((out[channel * 9 + i] ?? Number.NaN) - expected);
            assert.ok(difference <= FLOAT32_TOLERANCE, `${out[channel * 9 + i]}, ${expected}`);
          }
        }
      }),
    );
  });
});
