import { type JudgeContext, layerNorm, linear, scaledLinear } from './judge-context.ts';

/** One multi-head attention block of OFA. */
export interface Attention {
  /** Canonical prefix, e.g. `encoder.layers.0.self_attn`. */
  readonly key: string;
  readonly heads: number;
  /** Pre-normed rows that ask, `[queries, width]`. */
  readonly query: string;
  /** Rows that are looked at, `[keys, width]`. */
  readonly memory: string;
  /** The keys' factor of the absolute bias, see `absolute-bias.ts`. */
  readonly keyPosition: string;
}

/** Queries, keys and values by head; positions already appended to the keys. */
export interface AttentionInputs {
  /** `[heads, queries, dim]` */
  readonly queries: string;
  /** `[heads, 2 * dim, keys]` */
  readonly keys: string;
  /** `[heads, keys, dim]` */
  readonly values: string;
}

/** Writes the three projections; the scale of the scores and each head's `c_attn` are folded into weights. */
export function attentionInputs(context: JudgeContext, attention: Attention): AttentionInputs {
  const { builder, weights, shape } = context;
  const { key, heads, query, memory, keyPosition } = attention;
  const { width } = shape;
  const dim = width / heads;
  const square = { inputs: width, outputs: width };
  const headGain = weights(`${key}.c_attn`, [heads]);
  const queryScale = (dim * shape.attnScaleFactor) ** -0.5;
  const byHead = (rows: string, perm: readonly number[]) => {
    const dims = builder.shared(`by_${heads}_heads`, [3], () =>
      BigInt64Array.of(0n, BigInt(heads), BigInt(dim)),
    );
    const split = builder.node(`${rows}.split`, 'Reshape', [rows, dims]);
    return builder.node(`${rows}.by_head`, 'Transpose', [split], { perm });
  };
  const q = scaledLinear(context, query, {
    key: `${key}.q_proj`,
    ...square,
    scale: () => queryScale,
  });
  const k = linear(context, memory, { key: `${key}.k_proj`, ...square });
  const v = scaledLinear(context, memory, {
    key: `${key}.v_proj`,
    ...square,
    scale: (output) => headGain[Math.floor(output / dim)] ?? 0,
  });
  return {
    queries: byHead(q, [1, 0, 2]),
    keys: builder.node(`${key}.keys`, 'Concat', [byHead(k, [1, 2, 0]), keyPosition], { axis: 1 }),
    values: byHead(v, [1, 0, 2]),
  };
}

/** What some of the queries add: their factor of the absolute bias, `[heads, queries, dim]`, and the relative bias. */
export interface QueryBias {
  readonly position: string;
  /** `[heads, queries, keys]`, or null. */
  readonly bias: string | null;
}

/** What attention gives. */
export interface Attended {
  /** Each query's share of each key, `[heads, queries, keys]`; they sum to 1 over the keys. */
  readonly shares: string;
  /** `[heads, queries, dim]` */
  readonly mixed: string;
}

/** Writes `softmax(queries keys + bias) values` for some of the queries. */
export function attend(
  { builder }: JudgeContext,
  name: string,
  { queries, keys, values, position, bias }: AttentionInputs & QueryBias,
): Attended {
  const placed = builder.node(`${name}.placed`, 'Concat', [queries, position], { axis: 2 });
  const products = builder.node(`${name}.products`, 'MatMul', [placed, keys]);
  const scores = bias === null ? products : builder.node(`${name}.scores`, 'Add', [products, bias]);
  const shares = builder.node(`${name}.shares`, 'Softmax', [scores], { axis: -1 });
  return { shares, mixed: builder.node(`${name}.mixed`, 'MatMul', [shares, values]) };
}

/** Writes what follows: heads joined, output projection, NormFormer's norm, residual. */
export function closeAttention(
  context: JudgeContext,
  { key, midNorm, mixed, residual }: Record<'key' | 'midNorm' | 'mixed' | 'residual', string>,
): string {
  const { builder, shape, part } = context;
  const turned = builder.node(`${key}.rows${part}`, 'Transpose', [mixed], { perm: [1, 0, 2] });
  const dims = builder.shared('rows_of_width', [2], () =>
    BigInt64Array.of(-1n, BigInt(shape.width)),
  );
  const joined = builder.node(`${key}.joined${part}`, 'Reshape', [turned, dims]);
  const out = linear(context, joined, {
    key: `${key}.out_proj`,
    inputs: shape.width,
    outputs: shape.width,
  });
  return builder.node(`${key}.sum${part}`, 'Add', [layerNorm(context, out, midNorm), residual]);
}
