import { absoluteBiasFactor, type Positions } from './absolute-bias.ts';
import { attend, attentionInputs, closeAttention } from './attention.ts';
import { feedForward } from './feed-forward.ts';
import { type JudgeContext, layerNorm } from './judge-context.ts';
import { tokenBias } from './token-bias.ts';

/** Names the decoder starts from. */
export interface DecoderInputs {
  /** Normed token embeddings, `[tokens, width]`. */
  readonly embeddings: string;
  /** Run-time count of decoder tokens, int64 `[1]`. */
  readonly count: string;
  /** The encoder's output, `[cells + text, width]`. */
  readonly memory: string;
  readonly memoryPositions: Positions;
  /** Run-time count of the encoder's text tokens, int64 `[1]`. */
  readonly memoryTextCount: string;
}

/** What the decoder gives for its last token, after which the answer comes. */
export interface Decoded {
  /** `[1, width]` */
  readonly answer: string;
  /** Its cross-attention to the picture's cells, the mean over layers and heads, `[cells]`. */
  readonly attention: string;
}

/** Writes the decoder. */
export function authorDecoder(
  context: JudgeContext,
  inputs: DecoderInputs,
  positions: Positions,
): Decoded {
  const { shape, builder } = context;
  const heads = shape.decoderHeads;
  const own = { heads, textCount: inputs.count };
  const selfQuery = absoluteBiasFactor(context, positions, {
    key: 'decoder.self_pos_q_linear',
    role: 'query',
    ...own,
  });
  const selfKey = absoluteBiasFactor(context, positions, {
    key: 'decoder.self_pos_k_linear',
    role: 'key',
    ...own,
  });
  const crossQuery = absoluteBiasFactor(context, positions, {
    key: 'decoder.cross_pos_q_linear',
    role: 'query',
    ...own,
  });
  const crossKey = absoluteBiasFactor(context, inputs.memoryPositions, {
    key: 'decoder.cross_pos_k_linear',
    role: 'key',
    heads,
    textCount: inputs.memoryTextCount,
  });
  const looks: string[] = [];
  let x = inputs.embeddings;
  for (let layer = 0; layer < shape.decoderLayers; layer++) {
    const key = `decoder.layers.${layer}`;
    const normed = layerNorm(context, x, `${key}.self_attn_layer_norm`);
    const own = attentionInputs(context, {
      key: `${key}.self_attn`,
      heads,
      query: normed,
      memory: normed,
      keyPosition: selfKey,
    });
    const bias = tokenBias(context, { side: 'decoder', layer, heads, count: inputs.count });
    x = closeAttention(context, {
      key: `${key}.self_attn`,
      midNorm: `${key}.self_attn_mid_layer_norm`,
      mixed: attend(context, `${key}.self_attn`, { ...own, position: selfQuery, bias }).mixed,
      residual: x,
    });
    const crossNormed = layerNorm(context, x, `${key}.cross_attn_layer_norm`);
    const across = attentionInputs(context, {
      key: `${key}.cross_attn`,
      heads,
      query: crossNormed,
      memory: inputs.memory,
      keyPosition: crossKey,
    });
    const attended = attend(context, `${key}.cross_attn`, {
      ...across,
      position: crossQuery,
      bias: null,
    });
    looks.push(lookOf(context, attended.shares));
    x = closeAttention(context, {
      key: `${key}.cross_attn`,
      midNorm: `${key}.cross_attn_mid_layer_norm`,
      mixed: attended.mixed,
      residual: x,
    });
    x = feedForward(context, x, { key, inner: shape.decoderFfn });
  }
  const last = builder.node('decoder.last', 'Slice', [
    x,
    builder.constant('decoder.last.from', [1], BigInt64Array.of(-1n)),
    builder.constant('decoder.last.to', [1], BigInt64Array.of(2n ** 31n - 1n)),
  ]);
  return {
    answer: layerNorm(context, last, 'decoder.layer_norm'),
    attention: meanLook(context, looks),
  };
}

/** The last token's shares of the picture's cells, which come before the text: `[heads, 1, cells]`. */
function lookOf({ builder, shape: { grid } }: JudgeContext, shares: string): string {
  const pair = (name: string, ...values: readonly [bigint, bigint]) =>
    builder.shared(`look.${name}`, [2], () => BigInt64Array.from(values));
  return builder.node(`${shares}.look`, 'Slice', [
    shares,
    pair('from', -1n, 0n),
    pair('to', 2n ** 31n - 1n, BigInt(grid * grid)),
    pair('axes', 1n, 2n),
  ]);
}

function meanLook({ builder }: JudgeContext, looks: readonly string[]): string {
  const all = builder.node('looks', 'Concat', looks, { axis: 0 });
  return builder.node('attention', 'ReduceMean', [all], { axes: [0, 1], keepdims: 0 });
}
