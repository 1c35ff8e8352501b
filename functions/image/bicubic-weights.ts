/** Bits behind the binary point of a weight: what 32 bits leave beside 8-bit samples and 2 bits of headroom. */
export const WEIGHT_BITS = 22;

/** Which source samples make each output sample along one axis, and how much each counts. */
export interface ResampleWeights {
  /** `[to]`: the first source sample that counts. */
  readonly first: Int32Array;
  /** `[to]`: how many count, at most `taps`. */
  readonly count: Int32Array;
  /** Room for one output sample in `weights`. */
  readonly taps: number;
  /** `[to, taps]`: fixed point, {@linkcode WEIGHT_BITS} bits behind the binary point. */
  readonly weights: Int32Array;
}

/** Source samples on either side of the centre when nothing is shrunk. */
const BICUBIC_SUPPORT = 2;

/** Keys' cubic with a = -0.5; the order of operations is Pillow's, so that every rounding is too. */
function bicubic(distance: number): number {
  const x = Math.abs(distance);
  const a = -0.5;
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

/**
 * The weights of Pillow's BICUBIC along one axis (`precompute_coeffs` and `normalize_coeffs_8bpc`
 * of Pillow 9.4's `Resample.c`): widened by the reduction factor, so that shrinking does not alias.
 *
 * @param from Samples of the source, at least 1.
 * @param to Samples of the result, at least 1.
 */
export function bicubicWeights(from: number, to: number): ResampleWeights {
  const scale = from / to;
  const widening = Math.max(scale, 1);
  const support = BICUBIC_SUPPORT * widening;
  const taps = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(to);
  const count = new Int32Array(to);
  const weights = new Int32Array(to * taps);
  for (let out = 0; out < to; out++) {
    const centre = (out + 0.5) * scale;
    const start = Math.max(Math.trunc(centre - support + 0.5), 0);
    const length = Math.min(Math.trunc(centre + support + 0.5), from) - start;
    const exact = Array.from({ length }, (_, tap) =>
      bicubic((tap + start - centre + 0.5) * (1 / widening)),
    );
    const sum = exact.reduce((total, weight) => total + weight, 0);
    first[out] = start;
    count[out] = length;
    exact.forEach((weight, tap) => {
      const scaled = (weight / sum) * 2 ** WEIGHT_BITS;
      weights[out * taps + tap] = Math.trunc(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    });
  }
  return { first, count, taps, weights };
}
