import type { JudgeContext } from './judge-context.ts';

/**
 * The relative bias between picture cells, `table[head][dy][dx]` with dy and dx from -(grid - 1) to grid - 1, has
 * `heads * cells^2` values a layer (13 MB at 480 px) made of 7,000 numbers. Gathering them one by one is slow, so it
 * is done in two steps: first, for each column xi of the query, the strip `table[head][dy][xi - xj]` over all key
 * columns xj (`[heads * (2 grid - 1) * grid, grid]`, under 1 MB); then each row of the bias is `grid` whole strips.
 */

/** Writes the strips of a layer: `[heads * (2 grid - 1) * grid, grid]`, rows by head, dy, xi. */
export function imageBiasStrips(context: JudgeContext, layer: number): string {
  const { builder, weights, shape } = context;
  const { grid, encoderHeads: heads, imageBucketSize: bucket } = shape;
  const span = 2 * grid - 1;
  const tableIndex = shape.shareAttnBias ? 0 : layer;
  const name = `encoder.layers.${layer}.image_bias`;
  const table = builder.shared(
    `encoder.image_rel_pos_table_list.${tableIndex}`,
    [heads, span, span],
    () => {
      // OFA's table has three rows more, for pairs with the image's class token, which this model has not.
      const rows = (2 * bucket - 1) ** 2 + 3;
      const all = weights(`encoder.image_rel_pos_table_list.${tableIndex}.weight`, [rows, heads]);
      return Float32Array.from({ length: heads * span * span }, (_, i) => {
        const [head, dy, dx] = [Math.floor(i / span ** 2), Math.floor(i / span) % span, i % span];
        const row = (dy - grid + bucket) * (2 * bucket - 1) + (dx - grid + bucket);
        return all[row * heads + head] ?? 0;
      });
    },
  );
  const columns = builder.shared('image_bias.columns', [grid, grid], () =>
    Int32Array.from(
      { length: grid * grid },
      (_, cell) => Math.floor(cell / grid) - (cell % grid) + grid - 1,
    ),
  );
  const strips = builder.node(`${name}.strips`, 'Gather', [table, columns], { axis: 2 });
  const rows = builder.shared('image_bias.strip_rows', [2], () =>
    BigInt64Array.of(BigInt(heads * span * grid), BigInt(grid)),
  );
  return builder.node(`${name}.strip_rows`, 'Reshape', [strips, rows]);
}

/**
 * Writes the bias of the queries in rows `from` to `to` of the grid, `[heads, queries, cells]`.
 *
 * @param strips What {@linkcode imageBiasStrips} wrote.
 */
export function imageBiasRows(
  { builder, shape }: JudgeContext,
  strips: string,
  { name, from, to }: { readonly name: string; readonly from: number; readonly to: number },
): string {
  const { grid, encoderHeads: heads } = shape;
  const span = 2 * grid - 1;
  const queries = (to - from) * grid;
  const starts = builder.shared(`image_bias.starts_${from}`, [heads, queries, 1], () =>
    Int32Array.from({ length: heads * queries }, (_, i) => {
      const [head, query] = [Math.floor(i / queries), i % queries];
      const [yi, xi] = [from + Math.floor(query / grid), query % grid];
      return (head * span + yi + grid - 1) * grid + xi;
    }),
  );
  const steps = builder.shared('image_bias.steps', [grid], () =>
    Int32Array.from({ length: grid }, (_, yj) => -yj * grid),
  );
  const indices = builder.node(`${name}.indices`, 'Add', [starts, steps]);
  const gathered = builder.node(`${name}.gathered`, 'Gather', [strips, indices], { axis: 0 });
  const flat = builder.shared(`image_bias.shape_${queries}`, [3], () =>
    BigInt64Array.of(BigInt(heads), BigInt(queries), BigInt(grid * grid)),
  );
  return builder.node(name, 'Reshape', [gathered, flat]);
}
