import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pixelCodes } from '../../../functions/model/pixel-codes.ts';

const HALF = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } as const;
const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

test('pixelCodes() keeps every level within one step of its normalised value, in 7 bits', () => {
  for (const normalisation of [HALF, IMAGENET]) {
    pixelCodes(normalisation).forEach(({ scale, zero, table }, channel) => {
      assert.equal(table.length, 256);
      table.forEach((byte, level) => {
        const mean = normalisation.mean[channel] ?? Number.NaN;
        const value = (level / 255 - mean) / (normalisation.std[channel] ?? Number.NaN);
        assert.ok(byte <= 127);
        assert.ok(Math.abs((byte - zero) * scale - value) <= scale, `level ${level}`);
      });
    });
  }
});

test('pixelCodes() has a byte for exactly 0, which the padding holds', () => {
  for (const { zero } of pixelCodes(HALF)) assert.equal(zero, 64);
  for (const { zero } of pixelCodes(IMAGENET)) assert.ok(Number.isInteger(zero) && zero <= 127);
});
