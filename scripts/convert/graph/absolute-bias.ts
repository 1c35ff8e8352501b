import type { JudgeContext } from './judge-context.ts';
import {
  imagePositionIndices,
  type PositionRows,
  projectPositions,
  readPositions,
} from './position-tables.ts';

/**
 * OFA adds to every attention score a product of two position features, `(pos_q * c) . pos_k`, the same in all layers.
 * Here both factors are tables made ahead of time; concatenated to queries and keys along the head dimension they
 * ride in the product that makes the scores, and no plane of their own ever exists.
 */

/** Position features of both sides' tokens. */
export interface Positions {
  /** The picture's cells, row-major; null where there are none (decoder). */
  readonly image: PositionRows | null;
  /** Text tokens 0, 1, ... up to the longest prompt. */
  readonly text: PositionRows;
}

/** Reads the position features of the encoder (cells, then text) or the decoder (text only). */
export function readSidePositions(
  { weights, shape }: JudgeContext,
  side: 'encoder' | 'decoder',
): Positions {
  const { width, grid, imageBucketSize, maxPositions, maxTokens } = shape;
  const text = readPositions(weights, {
    table: { key: `${side}.embed_positions`, rows: maxPositions + 2 },
    norm: `${side}.pos_ln`,
    width,
    indices: Array.from({ length: maxTokens }, (_, i) => i),
  });
  if (side === 'decoder') return { image: null, text };
  const image = readPositions(weights, {
    table: { key: 'encoder.embed_image_positions', rows: imageBucketSize ** 2 + 1 },
    norm: 'encoder.image_pos_ln',
    width,
    indices: imagePositionIndices(grid, imageBucketSize),
  });
  return { image, text };
}

/** One factor of the absolute bias. */
export interface BiasFactor {
  /** The linear layer, e.g. `encoder.pos_q_linear`; also the name of the result. */
  readonly key: string;
  /** Queries: `[heads, rows, dim]`; keys: `[heads, dim, columns]`. */
  readonly role: 'query' | 'key';
  readonly heads: number;
  /** Name of the run-time count of text tokens, int64 `[1]`. */
  readonly textCount: string;
}

/** Writes one factor, cut to the number of text tokens of the run. */
export function absoluteBiasFactor(
  context: JudgeContext,
  positions: Positions,
  { key, role, heads, textCount }: BiasFactor,
): string {
  const { builder, weights, shape } = context;
  const dim = shape.width / heads;
  const scale = role === 'query' ? (dim * shape.attnScaleFactor) ** -0.5 : 1;
  const tokenAxis = role === 'query' ? 1 : 2;
  const table = (name: string, rows: PositionRows) => {
    const values = projectPositions(weights, rows, { key, scale });
    const byHead = splitHeads(values, { rows: rows.rows, heads, dim, role });
    const dims = role === 'query' ? [heads, rows.rows, dim] : [heads, dim, rows.rows];
    return builder.constant(name, dims, byHead);
  };
  const text = builder.node(`${key}.text`, 'Slice', [
    table(`${key}.text_table`, positions.text),
    builder.shared('zero', [1], () => BigInt64Array.of(0n)),
    textCount,
    builder.shared(`axis_${tokenAxis}`, [1], () => BigInt64Array.of(BigInt(tokenAxis))),
  ]);
  if (positions.image === null) return text;
  return builder.node(key, 'Concat', [table(`${key}.image_table`, positions.image), text], {
    axis: tokenAxis,
  });
}

/** `[rows, heads * dim]` -> `[heads, rows, dim]` or `[heads, dim, rows]`. */
function splitHeads(
  values: Float32Array,
  { rows, heads, dim, role }: Record<'rows' | 'heads' | 'dim', number> & Pick<BiasFactor, 'role'>,
): Float32Array {
  const out = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let head = 0; head < heads; head++) {
      for (let i = 0; i < dim; i++) {
        const at = role === 'query' ? (head * rows + row) * dim + i : (head * dim + i) * rows + row;
        out[at] = values[(row * heads + head) * dim + i] ?? 0;
      }
    }
  }
  return out;
}
