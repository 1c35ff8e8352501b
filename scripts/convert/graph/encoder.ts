import {
  absoluteBiasFactor,
  type EncoderPositions,
  imageFactor,
  textFactor,
} from './absolute-bias.ts';
import { attend, attentionInputs, closeAttention, type QueryBias } from './attention.ts';
import { feedForward } from './feed-forward.ts';
import { imageBiasRows, imageBiasStrips } from './image-bias.ts';
import { type JudgeContext, layerNorm } from './judge-context.ts';
import { tokenBias } from './token-bias.ts';

/**
 * Scores of one block of queries, all heads. Each takes three planes of that size; smaller ones would save little, as
 * every block is two dozen nodes, and nodes take memory, and time to load (docs/memory.md).
 */
const MAX_SCORE_BYTES = 1.5 * 1024 * 1024;

/** Names the encoder starts from. */
export interface EncoderInputs {
  /** Patch and text embeddings, picture first, `[cells + tokens, width]`. */
  readonly embeddings: string;
  readonly positions: EncoderPositions;
  /** Run-time count of text tokens, int64 `[1]`. */
  readonly textCount: string;
}

/** Writes the encoder and gives the name of its output, `[cells + tokens, width]`. */
export function authorEncoder(context: JudgeContext, inputs: EncoderInputs): string {
  const { shape } = context;
  const { positions, textCount } = inputs;
  const shared = { heads: shape.encoderHeads, textCount };
  const query = { key: 'encoder.pos_q_linear', role: 'query', ...shared } as const;
  const queryPositions = {
    image: imageFactor(context, positions.image, query),
    text: textFactor(context, positions.text, query),
  };
  const keyPosition = absoluteBiasFactor(context, positions, {
    key: 'encoder.pos_k_linear',
    role: 'key',
    ...shared,
  });
  let x = inputs.embeddings;
  for (let layer = 0; layer < shape.encoderLayers; layer++) {
    x = authorLayer(context, { layer, x, queryPositions, keyPosition, textCount });
  }
  return layerNorm(context, x, 'encoder.layer_norm');
}

/** What a layer is written from. */
interface LayerInputs {
  readonly layer: number;
  /** `[cells + tokens, width]`. */
  readonly x: string;
  /** The queries' factor of the absolute bias: cells, and text. */
  readonly queryPositions: { readonly image: string; readonly text: string };
  readonly keyPosition: string;
  readonly textCount: string;
}

/** Queries, keys and values are made for all rows at once; all that follows runs block by block. */
function authorLayer(
  context: JudgeContext,
  { layer, x, queryPositions, keyPosition, textCount }: LayerInputs,
): string {
  const { builder, shape } = context;
  const key = `encoder.layers.${layer}`;
  const normed = layerNorm(context, x, `${key}.self_attn_layer_norm`);
  const heads = attentionInputs(context, {
    key: `${key}.self_attn`,
    heads: shape.encoderHeads,
    query: normed,
    memory: normed,
    keyPosition,
  });
  const blocks = queryBlocks(context, { layer, queryPositions, textCount }).map((block) => {
    const { from, to } = block;
    const own = { ...context, part: block.part };
    const { mixed } = attend(own, `${blockPrefix(layer)}${block.part}`, {
      ...heads,
      queries: slice(own, `${blockPrefix(layer)}.queries`, {
        input: heads.queries,
        axis: 1,
        from,
        to,
      }),
      position: block.position,
      bias: block.bias,
    });
    const attended = closeAttention(own, {
      key: `${key}.self_attn`,
      midNorm: `${key}.self_attn_mid_layer_norm`,
      mixed,
      residual: slice(own, `${blockPrefix(layer)}.residual`, { input: x, axis: 0, from, to }),
    });
    return feedForward(own, attended, { key, inner: shape.encoderFfn });
  });
  return builder.node(key, 'Concat', blocks, { axis: 0 });
}

/** Some rows of the encoder that go through a layer together. */
interface QueryBlock extends QueryBias {
  /** Suffix of its nodes. */
  readonly part: string;
  readonly from: number;
  /** One behind the last row; for the text the most it can have. */
  readonly to: number;
}

/** Rows of the picture, as many as {@linkcode MAX_SCORE_BYTES} allows, then the text. */
function queryBlocks(
  context: JudgeContext,
  { layer, queryPositions, textCount }: Pick<LayerInputs, 'layer' | 'queryPositions' | 'textCount'>,
): QueryBlock[] {
  const { builder, shape } = context;
  const { grid, encoderHeads, maxTokens } = shape;
  const cells = grid * grid;
  const name = blockPrefix(layer);
  const rowBytes = encoderHeads * grid * (cells + maxTokens) * 4;
  const step = Math.max(1, Math.floor(MAX_SCORE_BYTES / rowBytes));
  const strips = imageBiasStrips(context, layer);
  const blocks: QueryBlock[] = [];
  for (let row = 0; row < grid; row += step) {
    const end = Math.min(grid, row + step);
    const [from, to] = [row * grid, end * grid];
    const part = `.rows_${row}`;
    const own = imageBiasRows(context, strips, {
      name: `${name}.image_bias${part}`,
      from: row,
      to: end,
    });
    const none = zeros(context, [to - from, textCount]);
    blocks.push({
      part,
      from,
      to,
      position: slice({ ...context, part }, `${name}.position`, {
        input: queryPositions.image,
        axis: 1,
        from,
        to,
      }),
      bias: builder.node(`${name}.bias${part}`, 'Concat', [own, none], { axis: 2 }),
    });
  }
  const part = '.text';
  const own = tokenBias(context, {
    side: 'encoder',
    layer,
    heads: encoderHeads,
    count: textCount,
  });
  const none = zeros(context, [textCount, cells]);
  blocks.push({
    part,
    from: cells,
    to: cells + maxTokens,
    position: queryPositions.text,
    bias: builder.node(`${name}.bias${part}`, 'Concat', [none, own], { axis: 2 }),
  });
  return blocks;
}

/** Short: names of blocks are most of the graph's bytes. */
function blockPrefix(layer: number): string {
  return `encoder.${layer}`;
}

function slice(
  { builder, part }: JudgeContext,
  name: string,
  {
    input,
    axis,
    from,
    to,
  }: {
    readonly input: string;
    readonly axis: 0 | 1;
    readonly from: number;
    readonly to: number;
  },
): string {
  const number = (label: string, value: number) =>
    builder.shared(`${label}_${value}`, [1], () => BigInt64Array.of(BigInt(value)));
  const bounds = [number('index', from), number('index', to), number('axis', axis)];
  return builder.node(`${name}${part}`, 'Slice', [input, ...bounds]);
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
