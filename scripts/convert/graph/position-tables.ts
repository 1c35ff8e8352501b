import { LAYER_NORM_EPSILON } from './judge-context.ts';
import type { WeightSource } from './weight-source.ts';

/** Rows of position features, each `width` wide. */
export interface PositionRows {
  readonly rows: number;
  readonly width: number;
  /** `[rows, width]`. */
  readonly values: Float32Array;
}

/** Where position features stand in the checkpoint. */
interface PositionSite {
  /** Embedding table and the number of its rows. */
  readonly table: { readonly key: string; readonly rows: number };
  /** LayerNorm that follows. */
  readonly norm: string;
  readonly width: number;
  /** Rows of the table, in the order wanted. */
  readonly indices: readonly number[];
}

/** Gathers position embeddings and normalises them: they depend on the weights alone, so this is done once, here. */
export function readPositions(weights: WeightSource, site: PositionSite): PositionRows {
  const { table, norm, width, indices } = site;
  const embedding = weights(`${table.key}.weight`, [table.rows, width]);
  const gain = weights(`${norm}.weight`, [width]);
  const bias = weights(`${norm}.bias`, [width]);
  const values = new Float32Array(indices.length * width);
  indices.forEach((index, row) => {
    const x = embedding.subarray(index * width, (index + 1) * width);
    const mean = x.reduce((sum, value) => sum + value, 0) / width;
    const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width;
    const scale = 1 / Math.sqrt(variance + LAYER_NORM_EPSILON);
    x.forEach((value, c) => {
      values[row * width + c] = (value - mean) * scale * (gain[c] ?? 0) + (bias[c] ?? 0);
    });
  });
  return { rows: indices.length, width, values };
}

/** Rows of the image position table that the cells of a `grid x grid` picture use, row-major. */
export function imagePositionIndices(grid: number, bucketSize: number): number[] {
  return Array.from(
    { length: grid * grid },
    (_, cell) => 1 + (cell % grid) + Math.floor(cell / grid) * bucketSize,
  );
}

/** A linear layer applied to position rows ahead of time: `scale * (W x + b)`, `[rows, width]`. */
export function projectPositions(
  weights: WeightSource,
  positions: PositionRows,
  { key, scale }: { readonly key: string; readonly scale: number },
): Float32Array {
  const { rows, width, values } = positions;
  const weight = weights(`${key}.weight`, [width, width]);
  const bias = weights(`${key}.bias`, [width]);
  const out = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let output = 0; output < width; output++) {
      let sum = bias[output] ?? 0;
      for (let i = 0; i < width; i++) {
        sum += (weight[output * width + i] ?? 0) * (values[row * width + i] ?? 0);
      }
      out[row * width + output] = sum * scale;
    }
  }
  return out;
}
