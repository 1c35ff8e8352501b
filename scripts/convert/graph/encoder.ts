import { absoluteBiasFactor, type Positions } from './absolute-bias.ts';
import { type AttentionInputs, attend, attentionInputs, closeAttention } from './attention.ts';
import { feedForward } from './feed-forward.ts';
import { imageBiasRows, imageBiasStrips } from './image-bias.ts';
import { type JudgeContext, layerNorm } from './judge-context.ts';
import { tokenBias } from './token-bias.ts';

/** Scores of one block of queries, all heads: with 4 MiB the judge, not vision, would set the peak of the heap. */
const MAX_SCORE_BYTES = 2 * 1024 * 1024;

/** Names the encoder starts from. */
export interface EncoderInputs {
  /** Patch and text embeddings, picture first, `[cells + tokens, width]`. */
  readonly embeddings: string;
  readonly positions: Positions;
  /** Run-time count of text tokens, int64 `[1]`. */
  readonly textCount: string;
}

/** Writes the encoder and gives the name of its output, `[cells + tokens, width]`. */
export function authorEncoder(context: JudgeContext, inputs: EncoderInputs): string {
  const { shape } = context;
  const { positions, textCount } = inputs;
  const factor = (part: 'q' | 'k') =>
    absoluteBiasFactor(context, positions, {
      key: `encoder.pos_${part}_linear`,
      role: part === 'q' ? 'query' : 'key',
      heads: shape.encoderHeads,
      textCount,
    });
  const queryPosition = factor('q');
  const keyPosition = factor('k');
  let x = inputs.embeddings;
  for (let layer = 0; layer < shape.encoderLayers; layer++) {
    const key = `encoder.layers.${layer}`;
    const normed = layerNorm(context, x, `${key}.self_attn_layer_norm`);
    const heads = attentionInputs(context, {
      key: `${key}.self_attn`,
      heads: shape.encoderHeads,
      query: normed,
      memory: normed,
      queryPosition,
      keyPosition,
    });
    const attended = closeAttention(context, {
      key: `${key}.self_attn`,
      midNorm: `${key}.self_attn_mid_layer_norm`,
      mixed: mixByBlocks(context, { layer, heads, textCount }),
      residual: x,
    });
    x = feedForward(context, attended, { key, inner: shape.encoderFfn });
  }
  return layerNorm(context, x, 'encoder.layer_norm');
}

/** Attention by blocks of queries: rows of the picture, then the text. */
function mixByBlocks(
  context: JudgeContext,
  {
    layer,
    heads,
    textCount,
  }: { readonly layer: number; readonly heads: AttentionInputs; readonly textCount: string },
): string {
  const { builder, shape } = context;
  const { grid, encoderHeads, maxTokens } = shape;
  const cells = grid * grid;
  const name = `encoder.layers.${layer}.self_attn`;
  const rowBytes = encoderHeads * grid * (cells + maxTokens) * 4;
  const step = Math.max(1, Math.floor(MAX_SCORE_BYTES / rowBytes));
  const strips = imageBiasStrips(context, layer);
  const blocks: string[] = [];
  for (let from = 0; from < grid; from += step) {
    const to = Math.min(grid, from + step);
    const block = `${name}.rows_${from}`;
    const own = imageBiasRows(context, strips, { name: `${block}.image_bias`, from, to });
    const none = zeros(context, [(to - from) * grid, textCount]);
    const bias = builder.node(`${block}.bias`, 'Concat', [own, none], { axis: 2 });
    const queries = sliceQueries(context, block, [heads.queries, from * grid, to * grid]);
    blocks.push(attend(context, block, { ...heads, queries, bias }));
  }
  const block = `${name}.text`;
  const own = tokenBias(context, {
    side: 'encoder',
    layer,
    heads: encoderHeads,
    count: textCount,
  });
  const bias = builder.node(`${block}.bias`, 'Concat', [zeros(context, [textCount, cells]), own], {
    axis: 2,
  });
  const queries = sliceQueries(context, block, [heads.queries, cells, cells + maxTokens]);
  blocks.push(attend(context, block, { ...heads, queries, bias }));
  return builder.node(`${name}.mixed`, 'Concat', blocks, { axis: 1 });
}

function sliceQueries(
  { builder }: JudgeContext,
  name: string,
  [queries, from, to]: readonly [string, number, number],
): string {
  const bound = (value: number) =>
    builder.shared(`index_${value}`, [1], () => BigInt64Array.of(BigInt(value)));
  const axis = builder.shared('axis_1', [1], () => BigInt64Array.of(1n));
  return builder.node(`${name}.queries`, 'Slice', [queries, bound(from), bound(to), axis]);
}

/** Zeros `[heads, rows, columns]`, where a side that is a name is only known at run time; made once, shared. */
function zeros(
  { builder, shape }: JudgeContext,
  sides: readonly [number | string, number | string],
): string {
  const name = `no_bias_${sides.join('_by_')}`;
  const side = (value: number | string) =>
    typeof value === 'string'
      ? value
      : builder.shared(`index_${value}`, [1], () => BigInt64Array.of(BigInt(value)));
  return builder.once(name, () => {
    const dims = [side(shape.encoderHeads), side(sides[0]), side(sides[1])];
    const whole = builder.node(`${name}.shape`, 'Concat', dims, { axis: 0 });
    const zero = builder.shared('no_bias', [1], () => Float32Array.of(0));
    return builder.node(name, 'Expand', [zero, whole]);
  });
}
