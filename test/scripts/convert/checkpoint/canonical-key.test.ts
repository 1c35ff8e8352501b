import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalKey } from '../../../../scripts/convert/checkpoint/canonical-key.ts';

const RENAMED = [
  ['encoder.layers.0.attn_ln.weight', 'encoder.layers.0.self_attn_mid_layer_norm.weight'],
  ['decoder.layers.3.self_attn_ln.bias', 'decoder.layers.3.self_attn_mid_layer_norm.bias'],
  ['decoder.layers.3.cross_attn_ln.bias', 'decoder.layers.3.cross_attn_mid_layer_norm.bias'],
  ['decoder.layers.1.encoder_attn.q_proj.weight', 'decoder.layers.1.cross_attn.q_proj.weight'],
  ['decoder.layers.1.encoder_attn.c_attn', 'decoder.layers.1.cross_attn.c_attn'],
  [
    'decoder.layers.1.encoder_attn_layer_norm.weight',
    'decoder.layers.1.cross_attn_layer_norm.weight',
  ],
  ['encoder.layers.2.ffn_layernorm.weight', 'encoder.layers.2.ffn_layer_norm.weight'],
] as const;

for (const [original, canonical] of RENAMED) {
  test(`canonicalKey() makes ${canonical} of ${original}`, () => {
    assert.equal(canonicalKey(original), canonical);
    assert.equal(canonicalKey(canonical), canonical);
  });
}

test('canonicalKey() leaves names alone that only resemble the original ones', () => {
  for (const key of [
    'encoder.layernorm_embedding.weight',
    'encoder.layers.0.self_attn_layer_norm.weight',
    'encoder.layers.0.my_attn_ln.weight',
    'encoder.embed_images.layer1.0.bn1.weight',
  ]) {
    assert.equal(canonicalKey(key), key);
  }
});
