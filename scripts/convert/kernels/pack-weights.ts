import { packedIndex } from '../../../functions/model/unpack-kernels.ts';
import {
  type QuantisedWeights,
  quantiseRows,
  SMALLEST_SCALE,
} from '../quantise/quantise-weights.ts';

/** A convolution's weights in the order in which the kernel walks a window. */
export interface WindowWeights {
  readonly outChannels: number;
  /** Rows of the window. */
  readonly taps: number;
  /** Numbers of a window's row, a multiple of 8. */
  readonly run: number;
  /** `[outChannels, taps, run]`. */
  readonly values: Float32Array;
}

/** Two groups of a run's 8 numbers: the products of each meet in one 16-bit lane before they are widened. */
const LANES: readonly (readonly number[])[] = [
  [0, 1, 4, 5],
  [2, 3, 6, 7],
];
const RUN_BYTES = 8;
/** 258 * 127 = 32,766 is the largest sum that 16 bits hold; rounding four weights adds 2 at most. */
const MAX_LANE_SUM = 256;

/**
 * Quantises weights per output channel so that no 16-bit sum of the kernel overflows: a channel's scale is its largest
 * weight over 127, or its largest lane sum over 256, whichever is more. On bell-shaped weights the two are about equal.
 *
 * @param smallestScale What a channel's scale must not fall below for other reasons.
 */
export function quantiseWindows(
  { outChannels, values }: WindowWeights,
  smallestScale: (channel: number) => number,
): QuantisedWeights {
  const columns = values.length / outChannels;
  return quantiseRows(values, outChannels, (channel) => {
    const row = values.subarray(channel * columns, (channel + 1) * columns);
    return Math.max(SMALLEST_SCALE, smallestScale(channel), largestLaneSum(row) / MAX_LANE_SUM);
  });
}

/** Largest sum of absolute values that one 16-bit lane can meet. */
export function largestLaneSum(row: ArrayLike<number>): number {
  let largest = 0;
  for (let from = 0; from < row.length; from += RUN_BYTES) {
    for (const lane of LANES) {
      const sum = lane.reduce((total, at) => total + Math.abs(row[from + at] ?? 0), 0);
      largest = Math.max(largest, sum);
    }
  }
  return largest;
}

/**
 * Orders quantised weights for the kernel, `wasm/kernels/vision.ts`.
 *
 * @param bytes `[outChannels, taps, run]`.
 * @returns `[outChannels / 16][taps][run / 8][4][2][4 channels][4 bytes]`.
 */
export function packWeights(
  bytes: Int8Array,
  { outChannels, taps, run }: WindowWeights,
): Int8Array {
  const packed = new Int8Array(bytes.length);
  const window = taps * run;
  for (let channel = 0; channel < outChannels; channel++) {
    for (let place = 0; place < window; place++) {
      packed[packedIndex(channel, place, window)] = bytes[channel * window + place] ?? 0;
    }
  }
  return packed;
}
