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

/** Positions where there is a picture. */
export interface EncoderPositions extends Positions {
  readonly image: PositionRows;
}

/** Reads the position features of the encoder's cells and text. */
export function readEncoderPositions(context: JudgeContext): EncoderPositions {
  const { weights, shape } = context;
  const image = readPositions(weights, {
    table: { key: 'encoder.embed_image_positions', rows: shape.imageBucketSize ** 2 + 1 },
    norm: 'encoder.image_pos_ln',
    width: shape.width,
    indices: imagePositionIndices(shape.grid, shape.imageBucketSize),
  });
  return { image, text: readTextPositions(context, 'encoder') };
}

/** Reads the position features of the decoder, which has text only. */
export function readDecoderPositions(context: JudgeContext): Positions {
  return { image: null, text: readTextPositions(context, 'decoder') };
}

function readTextPositions(
  { weights, shape }: JudgeContext,
  side: 'encoder' | 'decoder',
): PositionRows {
  return readPositions(weights, {
    table: { key: `${side}.embed_positions`, rows: shape.maxPositions + 2 },
    norm: `${side}.pos_ln`,
    width: shape.width,
    indices: Array.from({ length: shape.maxTokens }, (_, i) => i),
  });
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

/** Writes one factor: the picture's cells, if there are any, then the text. */
export function absoluteBiasFactor(
  context: JudgeContext,
  { image, text }: Positions,
  factor: BiasFactor,
): string {
  const words = textFactor(context, text, factor);
  if (image === null) return words;
  const cells = imageFactor(context, image, factor);
  return context.builder.node(factor.key, 'Concat', [cells, words], {
    axis: tokenAxis(factor.role),
  });
}

/** Writes the part of a factor that belongs to the picture's cells. */
export function imageFactor(context: JudgeContext, rows: PositionRows, factor: BiasFactor): string {
  return table(context, rows, { ...factor, name: `${factor.key}.image_table` });
}

/** Writes the part of a factor that belongs to the text, cut to the tokens of the run. */
export function textFactor(context: JudgeContext, rows: PositionRows, factor: BiasFactor): string {
  const { builder } = context;
  const { key, role, textCount } = factor;
  const axis = tokenAxis(role);
  return builder.node(`${key}.text`, 'Slice', [
    table(context, rows, { ...factor, name: `${key}.text_table` }),
    builder.shared('zero', [1], () => BigInt64Array.of(0n)),
    textCount,
    builder.shared(`axis_${axis}`, [1], () => BigInt64Array.of(BigInt(axis))),
  ]);
}

function table(
  { builder, weights, shape }: JudgeContext,
  positions: PositionRows,
  { name, key, role, heads }: BiasFactor & { readonly name: string },
): string {
  const { rows } = positions;
  const dim = shape.width / heads;
  const scale = role === 'query' ? (dim * shape.attnScaleFactor) ** -0.5 : 1;
  const values = projectPositions(weights, positions, { key, scale });
  const dims = role === 'query' ? [heads, rows, dim] : [heads, dim, rows];
  return builder.constant(name, dims, splitHeads(values, { rows, heads, dim, role }));
}

function tokenAxis(role: BiasFactor['role']): 1 | 2 {
  return role === 'query' ? 1 : 2;
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
