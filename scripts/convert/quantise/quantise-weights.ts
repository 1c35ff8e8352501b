/** int8 weights, symmetric, one scale per output channel: weight = byte * scale. */
export interface QuantisedWeights {
  readonly bytes: Int8Array;
  readonly scales: Float32Array;
}

const LEVELS = 127;
/** The smallest float32 with full precision. */
export const SMALLEST_SCALE = 2 ** -126;

/**
 * Quantises a weight matrix symmetrically, one scale per row.
 *
 * @param weights `[rows, columns]`, row-major; rows are output channels or vocabulary entries.
 * @param rows How many scales.
 * @param smallestScale What the scale of a row must not fall below.
 * @returns Bytes in -127..127; a row of zeros gets scale 1.
 */
export function quantiseRows(
  weights: Float32Array,
  rows: number,
  smallestScale: (row: number) => number = () => SMALLEST_SCALE,
): QuantisedWeights {
  const columns = weights.length / rows;
  const bytes = new Int8Array(weights.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const values = weights.subarray(row * columns, (row + 1) * columns);
    const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const scale = Math.fround(largest === 0 ? 1 : Math.max(largest / LEVELS, smallestScale(row)));
    scales[row] = scale;
    for (let i = 0; i < columns; i++) {
      bytes[row * columns + i] = Math.round((values[i] ?? 0) / scale);
    }
  }
  return { bytes, scales };
}
