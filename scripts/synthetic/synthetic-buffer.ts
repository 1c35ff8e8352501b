import type { ModelConfig } from '../convert/checkpoint/model-config.ts';
import { tokenBucket } from '../convert/graph/token-bucket.ts';

/** Positions the published bucket tables cover. */
const POSITIONS = 1024;
/** Cells a side of the image codes: code_image_size 128 / 8. */
const CODE_SIDE = 16;
/** The decoder's image positions are padded with this many times 1024. */
const CODE_PADDING = 768;

/**
 * An int64 buffer of a state dict as the published model computes it; all values fit 32 bits.
 *
 * @param key ModelScope name: `*_rp_bucket`, `image_position_idx` or `num_batches_tracked`.
 */
export function syntheticBuffer(key: string, config: ModelConfig): Int32Array {
  if (key.endsWith('.token_rp_bucket')) return tokenBuckets(config.tokenBucketSize);
  if (key.endsWith('.image_rp_bucket')) return imageBuckets(config.imageBucketSize);
  if (key.endsWith('.image_position_idx')) return codePositions(config.imageBucketSize);
  if (key.endsWith('.num_batches_tracked')) return new Int32Array(1);
  throw new Error(`cannot compute buffer ${key}: no rule for it`);
}

/** `[1024, 1024]`: the bucket of each relative text position. */
function tokenBuckets(size: number): Int32Array {
  const table = new Int32Array(POSITIONS * POSITIONS);
  for (let i = 0; i < POSITIONS; i++) {
    for (let j = 0; j < POSITIONS; j++) table[i * POSITIONS + j] = tokenBucket(i - j, size);
  }
  return table;
}

/** `[B * B + 1, B * B + 1]`: row 0 and column 0 stand for no cell and have buckets of their own. */
function imageBuckets(size: number): Int32Array {
  const rows = size * size + 1;
  const span = 2 * size - 1;
  const table = new Int32Array(rows * rows);
  for (let a = 1; a < rows; a++) {
    for (let b = 1; b < rows; b++) {
      const dy = Math.floor((a - 1) / size) - Math.floor((b - 1) / size);
      const dx = ((a - 1) % size) - ((b - 1) % size);
      table[a * rows + b] = (dy + size - 1) * span + dx + size - 1;
    }
  }
  const distances = span * span + 3;
  table.fill(distances - 3, 0, rows);
  for (let a = 1; a < rows; a++) table[a * rows] = distances - 2;
  table[0] = distances - 1;
  return table;
}

/** `[1025]`: the start, then 16 x 16 cells in rows of B, then padding. */
function codePositions(size: number): Int32Array {
  const positions = new Int32Array(1 + CODE_SIDE * CODE_SIDE + CODE_PADDING).fill(1024);
  positions[0] = 0;
  for (let i = 0; i < CODE_SIDE * CODE_SIDE; i++) {
    positions[1 + i] = (i % CODE_SIDE) + Math.floor(i / CODE_SIDE) * size + 1;
  }
  return positions;
}
