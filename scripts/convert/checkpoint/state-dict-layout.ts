import type { ModelConfig } from './model-config.ts';

/** Columns of the ResNet's last stage; image_proj makes d of them. */
const RESNET_CHANNELS = 1024;
/** Rows and columns of the text bucket buffers, whatever max_position_embeddings says. */
const BUCKETED_POSITIONS = 1024;
/** Entries of the decoder's image code positions: 1 + 16 x 16 + 768 of padding (code_image_size 128). */
const CODE_POSITIONS = 1025;

/** One tensor of a state dict. */
export interface LayoutEntry {
  readonly key: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int64';
  /** Whether entailment needs it: buffers, image codes and tied copies are left aside. */
  readonly read: boolean;
}

/**
 * Every tensor of a ModelScope OFA state dict, in its order.
 *
 * @param config The dimensions; the picture and the prompt do not matter.
 */
export function* stateDictLayout(config: ModelConfig): Generator<LayoutEntry> {
  const d = config.width;
  yield buffer('encoder.image_rp_bucket', imageRows(config), imageRows(config));
  yield buffer('encoder.token_rp_bucket', BUCKETED_POSITIONS, BUCKETED_POSITIONS);
  yield* norm('encoder.layernorm_embedding', d);
  yield weight('encoder.embed_tokens.weight', config.vocabSize, d);
  yield weight('encoder.type_embedding.weight', 2, d);
  yield* resnet(config);
  yield* linear('encoder.image_proj', RESNET_CHANNELS, d);
  yield* norm('encoder.patch_layernorm_embedding', d);
  yield weight('encoder.embed_positions.weight', config.maxPositions + 2, d);
  yield weight('encoder.embed_image_positions.weight', imageRows(config), d);
  yield* norm('encoder.pos_ln', d);
  yield* norm('encoder.image_pos_ln', d);
  yield* linear('encoder.pos_q_linear', d, d);
  yield* linear('encoder.pos_k_linear', d, d);
  for (let i = 0; i < config.encoderLayers; i++) yield* encoderLayer(config, `encoder.layers.${i}`);
  yield* norm('encoder.layer_norm', d);
  yield* relativeTables(config, 'encoder');
  yield* decoder(config);
}

function* decoder(config: ModelConfig): Generator<LayoutEntry> {
  const d = config.width;
  yield buffer('decoder.image_position_idx', CODE_POSITIONS);
  yield buffer('decoder.image_rp_bucket', imageRows(config), imageRows(config));
  yield buffer('decoder.token_rp_bucket', BUCKETED_POSITIONS, BUCKETED_POSITIONS);
  yield unread(weight('decoder.embed_tokens.weight', config.vocabSize, d));
  for (let i = 0; i < config.decoderLayers; i++) yield* decoderLayer(config, `decoder.layers.${i}`);
  yield* norm('decoder.layernorm_embedding', d);
  yield weight('decoder.embed_positions.weight', config.maxPositions + 2, d);
  yield unread(weight('decoder.embed_image_positions.weight', imageRows(config), d));
  yield* norm('decoder.pos_ln', d);
  for (const entry of norm('decoder.image_pos_ln', d)) yield unread(entry);
  for (const name of ['self_pos_q', 'self_pos_k', 'cross_pos_q', 'cross_pos_k']) {
    yield* linear(`decoder.${name}_linear`, d, d);
  }
  for (const entry of norm('decoder.code_layernorm_embedding', d)) yield unread(entry);
  yield* norm('decoder.layer_norm', d);
  yield unread(weight('decoder.output_projection.weight', config.vocabSize, d));
  yield* relativeTables(config, 'decoder');
}

function* encoderLayer(config: ModelConfig, name: string): Generator<LayoutEntry> {
  yield* attention(`${name}.self_attn`, config.width, config.encoderHeads);
  yield* feedForward(name, config.width, config.encoderFfn);
}

function* decoderLayer(config: ModelConfig, name: string): Generator<LayoutEntry> {
  yield* attention(`${name}.self_attn`, config.width, config.decoderHeads);
  yield* attention(`${name}.cross_attn`, config.width, config.decoderHeads);
  yield* feedForward(name, config.width, config.decoderFfn);
}

function* attention(name: string, width: number, heads: number): Generator<LayoutEntry> {
  yield weight(`${name}.c_attn`, heads);
  for (const part of ['k_proj', 'v_proj', 'q_proj', 'out_proj']) {
    yield* linear(`${name}.${part}`, width, width);
  }
  yield* norm(`${name}_layer_norm`, width);
  yield* norm(`${name}_mid_layer_norm`, width);
}

function* feedForward(name: string, width: number, hidden: number): Generator<LayoutEntry> {
  yield* linear(`${name}.fc1`, width, hidden);
  yield* linear(`${name}.fc2`, hidden, width);
  yield* norm(`${name}.ffn_layer_norm`, hidden);
  yield* norm(`${name}.final_layer_norm`, width);
}

function* relativeTables(config: ModelConfig, side: 'encoder' | 'decoder'): Generator<LayoutEntry> {
  const encoder = side === 'encoder';
  const heads = encoder ? config.encoderHeads : config.decoderHeads;
  const layers = encoder ? config.encoderLayers : config.decoderLayers;
  const tables = config.shareAttnBias ? 1 : layers;
  const imageDistances = (2 * config.imageBucketSize - 1) ** 2 + 3;
  for (let i = 0; i < tables; i++) {
    yield weight(
      `${side}.token_rel_pos_table_list.${i}.weight`,
      2 * config.tokenBucketSize - 1,
      heads,
    );
  }
  for (let i = 0; i < tables; i++) {
    const table = weight(`${side}.image_rel_pos_table_list.${i}.weight`, imageDistances, heads);
    yield encoder ? table : unread(table);
  }
}

/** A torchvision-style ResNet without its last stage and head; all blocks are bottlenecks. */
function* resnet(config: ModelConfig): Generator<LayoutEntry> {
  const name = 'encoder.embed_images';
  yield weight(`${name}.conv1.weight`, 64, 3, 7, 7);
  yield* batchNorm(`${name}.bn1`, 64);
  let channels = 64;
  for (const [stage, blocks] of config.resnetBlocks.entries()) {
    const inner = 64 * 2 ** stage;
    for (let i = 0; i < blocks; i++) {
      const block = `${name}.layer${stage + 1}.${i}`;
      yield weight(`${block}.conv1.weight`, inner, channels, 1, 1);
      yield* batchNorm(`${block}.bn1`, inner);
      yield weight(`${block}.conv2.weight`, inner, inner, 3, 3);
      yield* batchNorm(`${block}.bn2`, inner);
      yield weight(`${block}.conv3.weight`, inner * 4, inner, 1, 1);
      yield* batchNorm(`${block}.bn3`, inner * 4);
      if (i === 0) {
        yield weight(`${block}.downsample.0.weight`, inner * 4, channels, 1, 1);
        yield* batchNorm(`${block}.downsample.1`, inner * 4);
      }
      channels = inner * 4;
    }
  }
}

function* batchNorm(name: string, channels: number): Generator<LayoutEntry> {
  yield* norm(name, channels);
  yield weight(`${name}.running_mean`, channels);
  yield weight(`${name}.running_var`, channels);
  yield buffer(`${name}.num_batches_tracked`);
}

function* linear(name: string, from: number, to: number): Generator<LayoutEntry> {
  yield weight(`${name}.weight`, to, from);
  yield weight(`${name}.bias`, to);
}

function* norm(name: string, width: number): Generator<LayoutEntry> {
  yield weight(`${name}.weight`, width);
  yield weight(`${name}.bias`, width);
}

function weight(key: string, ...shape: number[]): LayoutEntry {
  return { key, shape, dtype: 'float32', read: true };
}

function buffer(key: string, ...shape: number[]): LayoutEntry {
  return { key, shape, dtype: 'int64', read: false };
}

function unread(entry: LayoutEntry): LayoutEntry {
  return { ...entry, read: false };
}

/** One row per cell of the image position table, and one in front. */
function imageRows(config: ModelConfig): number {
  return config.imageBucketSize ** 2 + 1;
}
