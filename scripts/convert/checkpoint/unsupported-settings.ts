import { ConvertError } from '../convert-error.ts';

/** A setting of config.json that changes what the model computes, and the only value computed here. */
interface FixedSetting {
  readonly name: string;
  readonly value: boolean | number | string;
  /** What any other value means. */
  readonly otherwise: string;
}

/**
 * Names of ModelScope's OFAConfig, of its fork with gamma features, and of the original OFA's arguments.
 *
 * `vit_type` is not among them: OFAConfig always writes it, and it counts only with `use_ofasys`.
 */
const FIXED_SETTINGS: readonly FixedSetting[] = [
  { name: 'model_type', value: 'ofa', otherwise: 'another kind of model' },
  { name: 'use_ofasys', value: false, otherwise: 'an OFASys checkpoint: a ViT sees the image' },
  { name: 'use_image_feature', value: true, otherwise: 'a model that sees no image' },
  { name: 'normformer', value: true, otherwise: 'layers without the norms in their middle' },
  { name: 'scale_attn', value: true, otherwise: 'attention without the norm behind it' },
  { name: 'scale_fc', value: true, otherwise: 'feed-forward parts without the norm inside' },
  { name: 'scale_heads', value: true, otherwise: 'attention heads without their factors' },
  { name: 'scale_resids', value: false, otherwise: 'residuals with factors of their own' },
  { name: 'use_gamma_feature', value: false, otherwise: 'residuals with gamma factors' },
  { name: 'layernorm_embedding', value: true, otherwise: 'text tokens that are not normed' },
  { name: 'patch_layernorm_embedding', value: true, otherwise: 'image tokens that are not normed' },
  { name: 'add_type_embedding', value: true, otherwise: 'tokens without a type' },
  { name: 'entangle_position_embedding', value: false, otherwise: 'positions added to the tokens' },
  { name: 'encoder_normalize_before', value: true, otherwise: 'encoder norms behind the residual' },
  { name: 'decoder_normalize_before', value: true, otherwise: 'decoder norms behind the residual' },
  {
    name: 'share_decoder_input_output_embed',
    value: true,
    otherwise: 'an output projection that is not the embedding table',
  },
  { name: 'activation_function', value: 'gelu', otherwise: 'another activation than the erf gelu' },
  { name: 'bos_token_id', value: 0, otherwise: 'another id of <s>' },
  { name: 'pad_token_id', value: 1, otherwise: 'another id of <pad>' },
  { name: 'eos_token_id', value: 2, otherwise: 'another id of </s>' },
];

/**
 * Refuses settings of config.json under which the converted graphs would compute something else.
 *
 * @param settings The file's content; a setting that is absent or null has the supported value.
 * @throws {ConvertError} All of them in one message: the setting, what it means, what is supported.
 */
export function refuseUnsupportedSettings(settings: Readonly<Record<string, unknown>>): void {
  const refused = FIXED_SETTINGS.filter(({ name, value }) => (settings[name] ?? value) !== value);
  if (refused.length === 0) return;
  const lines = refused.map(
    ({ name, value, otherwise }) =>
      `${name} is ${JSON.stringify(settings[name])} (${otherwise}), supported is ${JSON.stringify(value)}`,
  );
  throw new ConvertError(`cannot convert this model: config.json says ${lines.join('; ')}`);
}
