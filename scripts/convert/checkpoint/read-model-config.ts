import { join } from 'node:path';
import { z } from 'zod';
import { ConvertError } from '../convert-error.ts';
import { type ArchitectureSettings, architectureSettings } from './architecture-settings.ts';
import type { ModelConfig } from './model-config.ts';
import { parseSettings } from './parse-settings.ts';
import { readJsonFile } from './read-json-file.ts';
import { type TaskSettings, taskSettings } from './task-settings.ts';

/** Pixels a side of the cell that one image token sees. */
const CELL_PIXELS = 16;

/** The answer words, as every published checkpoint has them. */
const ANSWERS = { entailment: 'yes', neutral: 'maybe', contradiction: 'no' } as const;

/**
 * The model that a checkpoint folder describes.
 *
 * @param folder Holds config.json, configuration.json and ans2label.json.
 * @throws {ConvertError} A file is missing or malformed, or asks for something not supported.
 */
export async function readModelConfig(folder: string): Promise<ModelConfig> {
  const architecture = architectureSettings(await readJsonFile(join(folder, 'config.json')));
  const task = taskSettings(await readJsonFile(join(folder, 'configuration.json')));
  refuseUncoveredGrid(architecture, task);
  refuseLongTexts(architecture, task);
  checkAnswers(task.answer2label, await readJsonFile(join(folder, task.answer2label)));
  const imagenet = task.imagenet_default_mean_and_std;
  return {
    width: architecture.d_model,
    encoderLayers: architecture.encoder_layers,
    decoderLayers: architecture.decoder_layers,
    encoderFfn: architecture.encoder_ffn_dim,
    decoderFfn: architecture.decoder_ffn_dim,
    encoderHeads: architecture.encoder_attention_heads,
    decoderHeads: architecture.decoder_attention_heads,
    resnetBlocks: architecture.blocks,
    imageBucketSize: architecture.image_bucket_size,
    tokenBucketSize: architecture.token_bucket_size,
    attnScaleFactor: architecture.attn_scale_factor,
    shareAttnBias: architecture.share_attn_bias,
    scaleEmbedding: architecture.scale_embedding,
    vocabSize: architecture.vocab_size,
    maxPositions: architecture.max_position_embeddings,
    imageSide: task.patch_image_size,
    imageMean: imagenet ? [0.485, 0.456, 0.406] : [0.5, 0.5, 0.5],
    imageStd: imagenet ? [0.229, 0.224, 0.225] : [0.5, 0.5, 0.5],
    promptType: task.prompt_type,
    prompt: task.prompt,
    maxSourceLength: task.max_src_length,
    answers: ANSWERS,
  };
}

function refuseUncoveredGrid(architecture: ArchitectureSettings, task: TaskSettings): void {
  const cells = task.patch_image_size / CELL_PIXELS;
  if (cells > architecture.image_bucket_size) {
    throw new ConvertError(
      `cannot convert this model: patch_image_size ${task.patch_image_size} makes ${cells} x ${cells} cells, and the position table (image_bucket_size) covers ${architecture.image_bucket_size} x ${architecture.image_bucket_size}`,
    );
  }
  // The published code interpolates only when there are more cells than the model was first trained on.
  const original = Math.floor(architecture.orig_patch_image_size / CELL_PIXELS);
  if (architecture.interpolate_position && cells > original) {
    throw new ConvertError(
      `cannot convert this model: interpolate_position is true and patch_image_size ${task.patch_image_size} is larger than orig_patch_image_size ${architecture.orig_patch_image_size}, so image positions would be interpolated; supported is interpolate_position false, or a patch_image_size of at most ${original * CELL_PIXELS}`,
    );
  }
}

/** A text becomes `max_src_length` tokens, `<s>` and `</s>`, and each needs a position. */
function refuseLongTexts(architecture: ArchitectureSettings, task: TaskSettings): void {
  const limit = architecture.max_position_embeddings - 2;
  if (task.max_src_length > limit) {
    throw new ConvertError(
      `cannot convert this model: max_src_length is ${task.max_src_length}, at most ${limit} (max_position_embeddings less <s> and </s>)`,
    );
  }
}

function checkAnswers(file: string, content: unknown): void {
  const words = Object.keys(parseSettings(file, z.record(z.string(), z.int()), content));
  const expected = Object.values(ANSWERS);
  if (words.length !== expected.length || !expected.every((word) => words.includes(word))) {
    throw new ConvertError(
      `cannot convert this model: ${file} names ${words.length} answers (${words.slice(0, 8).join(', ')}), supported are exactly ${expected.join(', ')}`,
    );
  }
}
