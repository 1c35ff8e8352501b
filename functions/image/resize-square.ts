import { bicubicWeights, type ResampleWeights, WEIGHT_BITS } from './bicubic-weights.ts';
import type { UprightView } from './upright-view.ts';

/** Added before the fraction is cut off, so that cutting rounds. */
const HALF = 1 << (WEIGHT_BITS - 1);

/**
 * Resamples a picture to a square the way Pillow's bicubic filter does, bit for bit: across first,
 * rounded to 8 bits, then down (Pillow 9.4, `ImagingResample`). Alpha is not read.
 *
 * Rows of the first pass live in a ring as deep as the filter: a very tall picture costs no more
 * memory than a square one.
 *
 * @param rgba 8 bits a channel, `[height, width, 4]` as stored.
 * @param view How to read `rgba` upright.
 * @param side Pixels a side of the result.
 * @returns `[side, side, 3]`, RGB, 0-255, row-major.
 */
export function resizeSquare(rgba: Uint8Array, view: UprightView, side: number): Uint8Array {
  const across = bicubicWeights(view.width, side);
  const down = bicubicWeights(view.height, side);
  const rowLength = side * 3;
  // Clamped arrays do Pillow's clip8.
  const ring = new Uint8ClampedArray(down.taps * rowLength);
  const pixels = new Uint8ClampedArray(side * rowLength);
  const sums = new Int32Array(rowLength);
  let ready = down.first[0] ?? 0;
  for (let y = 0; y < side; y++) {
    const first = down.first[y] ?? 0;
    const count = down.count[y] ?? 0;
    for (; ready < first + count; ready++) {
      const at = (ready % down.taps) * rowLength;
      resampleRow(
        rgba,
        { ...view, base: view.base + ready * view.stepY },
        {
          across,
          row: ring.subarray(at, at + rowLength),
        },
      );
    }
    sums.fill(HALF);
    for (let tap = 0; tap < count; tap++) {
      const at = ((first + tap) % down.taps) * rowLength;
      addRow(sums, ring.subarray(at, at + rowLength), down.weights[y * down.taps + tap] ?? 0);
    }
    const out = pixels.subarray(y * rowLength, (y + 1) * rowLength);
    for (let i = 0; i < rowLength; i++) out[i] = (sums[i] ?? 0) >> WEIGHT_BITS;
  }
  return new Uint8Array(pixels.buffer);
}

/** First pass: one row of the source, which starts at `view.base`, into `into.row`. */
function resampleRow(
  rgba: Uint8Array,
  view: UprightView,
  into: { readonly across: ResampleWeights; readonly row: Uint8ClampedArray },
): void {
  const { row } = into;
  const { first, count, taps, weights } = into.across;
  const { base, stepX } = view;
  for (let x = 0; x < first.length; x++) {
    let at = base + (first[x] ?? 0) * stepX;
    let red = HALF;
    let green = HALF;
    let blue = HALF;
    const end = x * taps + (count[x] ?? 0);
    for (let tap = x * taps; tap < end; tap++) {
      const weight = weights[tap] ?? 0;
      red += Math.imul(weight, rgba[at] ?? 0);
      green += Math.imul(weight, rgba[at + 1] ?? 0);
      blue += Math.imul(weight, rgba[at + 2] ?? 0);
      at += stepX;
    }
    row[x * 3] = red >> WEIGHT_BITS;
    row[x * 3 + 1] = green >> WEIGHT_BITS;
    row[x * 3 + 2] = blue >> WEIGHT_BITS;
  }
}

/** Second pass: one row of the first pass, times its weight. */
function addRow(sums: Int32Array, row: Uint8ClampedArray, weight: number): void {
  for (let i = 0; i < sums.length; i++) {
    sums[i] = (sums[i] ?? 0) + Math.imul(weight, row[i] ?? 0);
  }
}
