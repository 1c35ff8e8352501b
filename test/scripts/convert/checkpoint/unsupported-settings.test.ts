import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuseUnsupportedSettings } from '../../../../scripts/convert/checkpoint/unsupported-settings.ts';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';

const UNSUPPORTED: readonly [setting: string, value: unknown, meaning: RegExp][] = [
  ['model_type', 'bart', /another kind of model\), supported is "ofa"/],
  ['use_ofasys', true, /OFASys/],
  ['use_image_feature', false, /no image/],
  ['normformer', false, /without the norms/],
  ['scale_attn', false, /without the norm/],
  ['scale_fc', false, /without the norm/],
  ['scale_heads', false, /heads without/],
  ['scale_resids', true, /residuals/],
  ['use_gamma_feature', true, /gamma/],
  ['layernorm_embedding', false, /text tokens/],
  ['patch_layernorm_embedding', false, /image tokens/],
  ['add_type_embedding', false, /without a type/],
  ['entangle_position_embedding', true, /positions added/],
  ['encoder_normalize_before', false, /encoder norms/],
  ['decoder_normalize_before', false, /decoder norms/],
  ['share_decoder_input_output_embed', false, /output projection/],
  ['activation_function', 'relu', /gelu/],
  ['activation_function', 'gelu_new', /gelu/],
  ['bos_token_id', 1, /<s>/],
  ['pad_token_id', 0, /<pad>/],
  ['eos_token_id', 3, /<\/s>/],
];

for (const [setting, value, meaning] of UNSUPPORTED) {
  test(`refuseUnsupportedSettings() refuses ${setting} ${JSON.stringify(value)}`, () => {
    assert.throws(
      () => refuseUnsupportedSettings({ [setting]: value }),
      (error: unknown) => {
        assert.ok(error instanceof ConvertError);
        assert.match(error.message, new RegExp(`${setting} is ${JSON.stringify(value)} `));
        assert.match(error.message, /supported is /);
        assert.match(error.message, meaning);
        return true;
      },
    );
  });
}

test('refuseUnsupportedSettings() takes absent and null settings for supported', () => {
  refuseUnsupportedSettings({});
  refuseUnsupportedSettings(Object.fromEntries(UNSUPPORTED.map(([setting]) => [setting, null])));
});

test('refuseUnsupportedSettings() names all of them at once', () => {
  assert.throws(
    () => refuseUnsupportedSettings({ use_ofasys: true, normformer: false }),
    /use_ofasys is true .*; normformer is false /,
  );
});

test('refuseUnsupportedSettings() does not take 1 for true', () => {
  assert.throws(() => refuseUnsupportedSettings({ normformer: 1 }), /normformer is 1 /);
});
