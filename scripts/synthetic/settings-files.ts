import type { ModelConfig } from '../convert/checkpoint/model-config.ts';

/** A ResNet of OFA for each choice of blocks. */
const RESNET_TYPES: ReadonlyMap<string, string> = new Map([
  ['2,2,2', 'resnet18'],
  ['3,4,6', 'resnet50'],
  ['3,4,23', 'resnet101'],
  ['3,8,36', 'resnet152'],
]);

/** The JSON files of a checkpoint folder. */
export interface SettingsFiles {
  readonly 'config.json': Readonly<Record<string, unknown>>;
  readonly 'configuration.json': {
    readonly model: Readonly<Record<string, unknown>>;
    readonly [setting: string]: unknown;
  };
  readonly 'ans2label.json': Readonly<Record<string, number>>;
}

/** A model's settings in ModelScope's files: what `readModelConfig()` reads back. */
export function settingsFiles(config: ModelConfig): SettingsFiles {
  return {
    'config.json': {
      architectures: ['OFAModel'],
      model_type: 'ofa',
      vocab_size: config.vocabSize,
      d_model: config.width,
      encoder_layers: config.encoderLayers,
      decoder_layers: config.decoderLayers,
      encoder_ffn_dim: config.encoderFfn,
      decoder_ffn_dim: config.decoderFfn,
      encoder_attention_heads: config.encoderHeads,
      decoder_attention_heads: config.decoderHeads,
      resnet_type: RESNET_TYPES.get(config.resnetBlocks.join()),
      image_bucket_size: config.imageBucketSize,
      token_bucket_size: config.tokenBucketSize,
      attn_scale_factor: config.attnScaleFactor,
      share_attn_bias: config.shareAttnBias,
      scale_embedding: config.scaleEmbedding,
      max_position_embeddings: config.maxPositions,
      activation_function: 'gelu',
      add_type_embedding: true,
      normformer: true,
      layernorm_embedding: true,
      patch_layernorm_embedding: true,
      code_layernorm_embedding: true,
      encoder_normalize_before: true,
      decoder_normalize_before: true,
      share_decoder_input_output_embed: true,
      entangle_position_embedding: false,
      interpolate_position: false,
      pad_token_id: 1,
      bos_token_id: 0,
      eos_token_id: 2,
    },
    'configuration.json': {
      framework: 'pytorch',
      task: 'visual-entailment',
      model: {
        type: 'ofa',
        language: 'en',
        gen_type: 'traverse',
        answer2label: 'ans2label.json',
        max_src_length: config.maxSourceLength,
        patch_image_size: config.imageSide,
        imagenet_default_mean_and_std: config.imageMean[0] !== 0.5,
        prompt_type: config.promptType,
        ...(config.prompt === null ? {} : { prompt: config.prompt }),
      },
      pipeline: { type: 'ofa-visual-entailment' },
    },
    'ans2label.json': {
      [config.answers.contradiction]: 0,
      [config.answers.entailment]: 1,
      [config.answers.neutral]: 2,
    },
  };
}
