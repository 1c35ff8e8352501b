import type { ActivationRange } from './activation-ranges.ts';

/** How an activation becomes bytes: value = (byte - zeroPoint) * scale. */
export interface ActivationCode {
  readonly scale: number;
  readonly zeroPoint: number;
}

/**
 * Activations after Relu use 7 bits, 0..127: that is what the relaxed dot product of WebAssembly takes as its second
 * operand, so one set of weights and scales serves onnxruntime and hand-written kernels alike. Beyond `range.high` a
 * kernel clips at 127; onnxruntime, which knows nothing of the seventh bit, goes on to 255.
 */
const RELU_LEVELS = 127;
/** Signed activations feed a sum, never a product: they use all 8 bits. */
const SIGNED_LEVELS = 255;
/** A channel that is always zero still needs a scale. */
const SMALLEST_RANGE = 1e-6;

/** The code of an activation after Relu: zero point 0, `range.high` at 127. */
export function codeAfterRelu(range: ActivationRange): ActivationCode {
  return { scale: Math.fround(Math.max(range.high, SMALLEST_RANGE) / RELU_LEVELS), zeroPoint: 0 };
}

/** The code of a signed activation: the range, widened to contain 0, over 0..255. */
export function codeSigned(range: ActivationRange): ActivationCode {
  const low = Math.min(range.low, 0);
  const high = Math.max(range.high, 0);
  const scale = Math.fround(Math.max(high - low, SMALLEST_RANGE) / SIGNED_LEVELS);
  return { scale, zeroPoint: Math.min(SIGNED_LEVELS, Math.max(0, Math.round(-low / scale))) };
}
