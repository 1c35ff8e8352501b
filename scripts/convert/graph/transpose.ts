/**
 * Transposes a matrix.
 *
 * @param matrix `[rows, columns]`, row-major.
 * @returns `[columns, rows]`, row-major.
 */
export function transpose(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(matrix.length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) out[c * rows + r] = matrix[r * columns + c] ?? 0;
  }
  return out;
}
