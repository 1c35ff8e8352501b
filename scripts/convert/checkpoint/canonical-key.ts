/** How the original OFA code names parts of a layer, and how ModelScope does. */
const ORIGINAL_PARTS: ReadonlyMap<string, string> = new Map([
  ['attn_ln', 'self_attn_mid_layer_norm'],
  ['self_attn_ln', 'self_attn_mid_layer_norm'],
  ['cross_attn_ln', 'cross_attn_mid_layer_norm'],
  ['encoder_attn', 'cross_attn'],
  ['encoder_attn_layer_norm', 'cross_attn_layer_norm'],
  ['ffn_layernorm', 'ffn_layer_norm'],
]);

/**
 * A tensor's ModelScope name, given that or its name in the original OFA `.pt` files.
 *
 * @param key As in the file, such as `decoder.layers.0.encoder_attn.q_proj.weight`.
 */
export function canonicalKey(key: string): string {
  return key
    .split('.')
    .map((part) => ORIGINAL_PARTS.get(part) ?? part)
    .join('.');
}
