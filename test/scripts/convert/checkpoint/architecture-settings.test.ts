import assert from 'node:assert/strict';
import { test } from 'node:test';
import { architectureSettings } from '../../../../scripts/convert/checkpoint/architecture-settings.ts';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';

function refused(settings: unknown, message: RegExp): void {
  assert.throws(
    () => architectureSettings(settings),
    (error: unknown) => error instanceof ConvertError && message.test(error.message),
  );
}

test("architectureSettings() gives absent settings the values of ModelScope's OFAConfig", () => {
  assert.deepEqual(architectureSettings({}), {
    d_model: 512,
    encoder_layers: 4,
    decoder_layers: 4,
    encoder_ffn_dim: 2048,
    decoder_ffn_dim: 2048,
    encoder_attention_heads: 8,
    decoder_attention_heads: 8,
    resnet_type: 'resnet101',
    image_bucket_size: 42,
    token_bucket_size: 256,
    attn_scale_factor: 2,
    share_attn_bias: false,
    scale_embedding: false,
    vocab_size: 59457,
    max_position_embeddings: 1024,
    interpolate_position: false,
    orig_patch_image_size: 224,
    blocks: [3, 4, 23],
  });
});

test('architectureSettings() honours share_attn_bias, scale_embedding and attn_scale_factor', () => {
  const settings = architectureSettings({
    share_attn_bias: true,
    scale_embedding: true,
    attn_scale_factor: 1.5,
  });
  assert.equal(settings.share_attn_bias, true);
  assert.equal(settings.scale_embedding, true);
  assert.equal(settings.attn_scale_factor, 1.5);
});

const BLOCKS = [
  ['resnet18', [2, 2, 2]],
  ['resnet34', [3, 4, 6]],
  ['resnet50', [3, 4, 6]],
  ['resnet101', [3, 4, 23]],
  ['resnet152', [3, 8, 36]],
] as const;

for (const [type, blocks] of BLOCKS) {
  test(`architectureSettings() builds ${type} of ${blocks.join(', ')} blocks`, () => {
    assert.deepEqual(architectureSettings({ resnet_type: type }).blocks, blocks);
  });
}

test('architectureSettings() refuses other backbones by name, with what is supported', () => {
  for (const type of ['vit_base', 'swin-b', 'resnext50', '']) {
    refused(
      { resnet_type: type },
      new RegExp(
        `resnet_type is "${type}", supported are resnet18, .*resnet152; no ViT and no Swin`,
      ),
    );
  }
});

test('architectureSettings() ignores settings that do not change the result', () => {
  architectureSettings({
    // OFAConfig always writes vit_type; it counts only with use_ofasys.
    vit_type: 'vit_base',
    dropout: 0.1,
    encoder_drop_path_rate: 0.2,
    encoder_layerdrop: 0.1,
    resnet_model_path: '/somewhere/resnet.pth',
    disable_entangle: true,
    code_layernorm_embedding: false,
    use_cache: true,
    torch_dtype: 'float16',
  });
});

test('architectureSettings() caps every dimension', () => {
  const caps = {
    d_model: 2048,
    encoder_layers: 48,
    decoder_layers: 48,
    encoder_ffn_dim: 8192,
    decoder_ffn_dim: 8192,
    encoder_attention_heads: 64,
    decoder_attention_heads: 64,
    image_bucket_size: 128,
    token_bucket_size: 1024,
    vocab_size: 262144,
    max_position_embeddings: 1024,
    attn_scale_factor: 64,
  };
  for (const [name, cap] of Object.entries(caps)) {
    refused({ [name]: cap * 2 }, new RegExp(`${name}: .*${cap}, found ${cap * 2}`));
    refused({ [name]: 0 }, new RegExp(`${name}: .*found 0`));
    refused({ [name]: -4 }, new RegExp(`${name}: .*found -4`));
    refused({ [name]: '8' }, new RegExp(`${name}: .*found "8"`));
  }
  for (const name of Object.keys(caps).filter((key) => key !== 'attn_scale_factor')) {
    refused({ [name]: 2.5 }, new RegExp(`${name}: .*found 2.5`));
  }
});

test('architectureSettings() names all faults at once', () => {
  refused({ d_model: 0, vocab_size: 'many' }, /d_model: .*; vocab_size: /);
});

test('architectureSettings() refuses a width that heads cannot share, and an odd bucket count', () => {
  refused({ d_model: 256, encoder_attention_heads: 3 }, /d_model 256 cannot be shared among 3/);
  refused({ d_model: 256, decoder_attention_heads: 5 }, /d_model 256 cannot be shared among 5/);
  refused({ token_bucket_size: 255 }, /token_bucket_size/);
});

test('architectureSettings() refuses content that is no object', () => {
  for (const content of [null, [], 'x', 3]) refused(content, /cannot use config\.json/);
});
