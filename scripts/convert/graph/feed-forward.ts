import { type JudgeContext, layerNorm, linear } from './judge-context.ts';

/**
 * Writes a feed-forward block with NormFormer's norm inside: `x + fc2(norm(gelu(fc1(norm(x)))))`.
 *
 * @param key The layer, e.g. `encoder.layers.0`.
 * @param inner Width between the two linear layers.
 */
export function feedForward(
  context: JudgeContext,
  input: string,
  { key, inner }: { readonly key: string; readonly inner: number },
): string {
  const { builder, shape, part } = context;
  const normed = layerNorm(context, input, `${key}.final_layer_norm`);
  const wide = linear(context, normed, { key: `${key}.fc1`, inputs: shape.width, outputs: inner });
  const active = builder.node(`${key}.gelu${part}`, context.gelu, [wide]);
  const steady = layerNorm(context, active, `${key}.ffn_layer_norm`, inner);
  const out = linear(context, steady, { key: `${key}.fc2`, inputs: inner, outputs: shape.width });
  return builder.node(`${key}.sum${part}`, 'Add', [out, input]);
}
