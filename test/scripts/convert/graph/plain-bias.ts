import type { JudgeContext } from '../../../../scripts/convert/graph/judge-context.ts';
import { tokenBucket } from '../../../../scripts/convert/graph/token-bucket.ts';
import { at, linearOf, normOf, type Rows, rowsOf } from './plain-arithmetic.ts';

/** Position features of the encoder (cells, then text) or the decoder (text), one row a token. */
export function plainPositions(
  { weights, shape }: JudgeContext,
  side: 'encoder' | 'decoder',
  tokens: number,
): Rows {
  const { width, grid, imageBucketSize: bucket, maxPositions } = shape;
  const table = weights(`${side}.embed_positions.weight`, [maxPositions + 2, width]);
  const text = normOf(weights, `${side}.pos_ln`, rowsOf(table, width).slice(0, tokens));
  if (side === 'decoder') return text;
  const cells = rowsOf(
    weights('encoder.embed_image_positions.weight', [bucket ** 2 + 1, width]),
    width,
  );
  const picture = Array.from({ length: grid * grid }, (_, cell) => {
    return cells[1 + (cell % grid) + Math.floor(cell / grid) * bucket] ?? [];
  });
  return [...normOf(weights, 'encoder.image_pos_ln', picture), ...text];
}

/** `(pos_q * c) . pos_k` by head, with `c = (d / heads * attn_scale_factor)^-0.5`. */
export function plainAbsoluteBias(
  { weights, shape }: JudgeContext,
  {
    query,
    key,
    heads,
  }: { query: readonly [string, Rows]; key: readonly [string, Rows]; heads: number },
): (head: number, query: number, key: number) => number {
  const dim = shape.width / heads;
  const q = linearOf(weights, query[0], query[1], shape.width);
  const k = linearOf(weights, key[0], key[1], shape.width);
  return (head, i, j) => {
    let sum = 0;
    for (let d = head * dim; d < (head + 1) * dim; d++)
      sum += at(q[i] ?? [], d) * at(k[j] ?? [], d);
    return sum * (dim * shape.attnScaleFactor) ** -0.5;
  };
}

/** The relative bias of an encoder layer: picture by picture and text by text, nothing between them. */
export function plainRelativeBias(
  { weights, shape }: JudgeContext,
  layer: number,
): (head: number, query: number, key: number) => number {
  const { grid, imageBucketSize: bucket, tokenBucketSize, encoderHeads: heads } = shape;
  const cells = grid * grid;
  const span = 2 * bucket - 1;
  const picture = weights(`encoder.image_rel_pos_table_list.${layer}.weight`, [
    span ** 2 + 3,
    heads,
  ]);
  const text = weights(`encoder.token_rel_pos_table_list.${layer}.weight`, [
    2 * tokenBucketSize - 1,
    heads,
  ]);
  return (head, i, j) => {
    if (i < cells && j < cells) {
      const dy = Math.floor(i / grid) - Math.floor(j / grid);
      const dx = (i % grid) - (j % grid);
      return at(picture, ((dy + bucket - 1) * span + dx + bucket - 1) * heads + head);
    }
    if (i < cells || j < cells) return 0;
    return at(text, tokenBucket(i - j, tokenBucketSize) * heads + head);
  };
}
