import type { JudgeContext } from './judge-context.ts';
import { tokenBucket } from './token-bucket.ts';
import { transpose } from './transpose.ts';

/** Where a relative token bias comes from and what it is for. */
export interface TokenBias {
  readonly side: 'encoder' | 'decoder';
  readonly layer: number;
  readonly heads: number;
  /** Name of the run-time count of tokens, int64 `[1]`. */
  readonly count: string;
}

/** A score that softmax turns into exactly 0. */
const MASKED = Number.NEGATIVE_INFINITY;

/**
 * Writes a layer's relative bias between text tokens, `[heads, tokens, tokens]`.
 *
 * The decoder is causal: there the table has one more row, of minus infinity, and later keys point at it, so that the
 * mask costs nothing beyond the gather.
 */
export function tokenBias(context: JudgeContext, { side, layer, heads, count }: TokenBias): string {
  const { builder, weights, shape } = context;
  const buckets = 2 * shape.tokenBucketSize - 1;
  const causal = side === 'decoder';
  const tableIndex = shape.shareAttnBias ? 0 : layer;
  const name = `${side}.layers.${layer}.token_bias`;
  const table = builder.shared(
    `${side}.token_rel_pos_table_list.${tableIndex}`,
    [heads, buckets + 1],
    () => {
      const key = `${side}.token_rel_pos_table_list.${tableIndex}.weight`;
      const rows = new Float32Array((buckets + 1) * heads).fill(MASKED);
      rows.set(weights(key, [buckets, heads]));
      return transpose(rows, buckets + 1, heads);
    },
  );
  const max = shape.maxTokens;
  const all = builder.shared(`${side}.token_buckets`, [max, max], () =>
    Int32Array.from({ length: max * max }, (_, cell) => {
      const query = Math.floor(cell / max);
      const key = cell % max;
      return causal && key > query ? buckets : tokenBucket(query - key, shape.tokenBucketSize);
    }),
  );
  const indices = builder.node(`${name}.buckets`, 'Slice', [
    all,
    builder.shared('zeros', [2], () => BigInt64Array.of(0n, 0n)),
    builder.node(`${name}.shape`, 'Concat', [count, count], { axis: 0 }),
  ]);
  return builder.node(name, 'Gather', [table, indices], { axis: 1 });
}
