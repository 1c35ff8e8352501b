import { z } from 'zod';
import { ConvertError } from '../convert-error.ts';
import type { Triple } from './model-config.ts';
import { parseSettings } from './parse-settings.ts';
import { refuseUnsupportedSettings } from './unsupported-settings.ts';

/** Numbers per token: OFA-huge has 1,280. */
const MAX_WIDTH = 2048;
/** Layers: OFA-huge has 24. */
const MAX_LAYERS = 48;
/** Hidden numbers of a feed-forward part: OFA-huge has 5,120. */
const MAX_FFN = 8192;
/** Attention heads: OFA-huge has 16. */
const MAX_HEADS = 64;
/** Rows of the embedding table: OFA has 59,457. */
const MAX_VOCABULARY = 2 ** 18;
/** Text positions: OFA has 1,024, and its bucket table ends there. */
const MAX_POSITIONS = 1024;
/** Cells a side of the image position table: OFA has 42. */
const MAX_IMAGE_BUCKETS = 128;
/** Text buckets: OFA has 256; more than positions cannot be told apart. */
const MAX_TOKEN_BUCKETS = MAX_POSITIONS;
/** OFA has 2. */
const MAX_ATTENTION_SCALE = 64;

/** Bottleneck blocks of stages 1 to 3, as OFA builds them: resnet34 has bottlenecks too. */
const RESNET_BLOCKS: ReadonlyMap<string, Triple> = new Map([
  ['resnet18', [2, 2, 2]],
  ['resnet34', [3, 4, 6]],
  ['resnet50', [3, 4, 6]],
  ['resnet101', [3, 4, 23]],
  ['resnet152', [3, 8, 36]],
]);

function count(limit: number, absent: number): z.ZodType<number> {
  return z
    .int()
    .min(1)
    .max(limit)
    .nullish()
    .transform((value) => value ?? absent);
}

function flag(absent: boolean): z.ZodType<boolean> {
  return z
    .boolean()
    .nullish()
    .transform((value) => value ?? absent);
}

/** Values of absent settings are those of ModelScope's OFAConfig. */
const ARCHITECTURE = z.object({
  d_model: count(MAX_WIDTH, 512),
  encoder_layers: count(MAX_LAYERS, 4),
  decoder_layers: count(MAX_LAYERS, 4),
  encoder_ffn_dim: count(MAX_FFN, 2048),
  decoder_ffn_dim: count(MAX_FFN, 2048),
  encoder_attention_heads: count(MAX_HEADS, 8),
  decoder_attention_heads: count(MAX_HEADS, 8),
  resnet_type: z
    .string()
    .nullish()
    .transform((value) => value ?? 'resnet101'),
  image_bucket_size: count(MAX_IMAGE_BUCKETS, 42),
  token_bucket_size: z
    .int()
    .min(2)
    .multipleOf(2)
    .max(MAX_TOKEN_BUCKETS)
    .nullish()
    .transform((value) => value ?? 256),
  attn_scale_factor: z
    .number()
    .positive()
    .max(MAX_ATTENTION_SCALE)
    .nullish()
    .transform((value) => value ?? 2),
  share_attn_bias: flag(false),
  scale_embedding: flag(false),
  vocab_size: count(MAX_VOCABULARY, 59_457),
  max_position_embeddings: count(MAX_POSITIONS, 1024),
  interpolate_position: flag(false),
  orig_patch_image_size: count(4096, 224),
});

/** The checked settings of config.json, under their names there. */
export type ArchitectureSettings = z.infer<typeof ARCHITECTURE> & { readonly blocks: Triple };

/**
 * What config.json says about the network.
 *
 * @param settings The file's content.
 * @throws {ConvertError} A setting past its cap, or one that this converter does not support.
 */
export function architectureSettings(settings: unknown): ArchitectureSettings {
  const record = parseSettings('config.json', z.record(z.string(), z.unknown()), settings);
  refuseUnsupportedSettings(record);
  const parsed = parseSettings('config.json', ARCHITECTURE, record);
  const blocks = RESNET_BLOCKS.get(parsed.resnet_type);
  if (blocks === undefined) {
    throw new ConvertError(
      `cannot convert this model: config.json says resnet_type is ${JSON.stringify(parsed.resnet_type)}, supported are ${[...RESNET_BLOCKS.keys()].join(', ')}; no ViT and no Swin`,
    );
  }
  for (const heads of [parsed.encoder_attention_heads, parsed.decoder_attention_heads]) {
    if (parsed.d_model % heads !== 0) {
      throw new ConvertError(
        `cannot use config.json: d_model ${parsed.d_model} cannot be shared among ${heads} attention heads`,
      );
    }
  }
  return { ...parsed, blocks };
}
