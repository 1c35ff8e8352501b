import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { ConvertError } from '../convert-error.ts';
import { Checkpoint } from './checkpoint.ts';
import { readModelConfig } from './read-model-config.ts';
import { tieEmbeddings } from './tie-embeddings.ts';
import { openWeights } from './weights/open-weights.ts';

export type { Checkpoint, NamedShape, Tensor } from './checkpoint.ts';

/**
 * Opens a checkpoint folder: settings are read, tensors only listed.
 *
 * @param folder config.json, configuration.json, ans2label.json, vocab.json, merges.txt, and the weights in any form
 *   that docs/checkpoints.md names.
 * @throws {ConvertError} Anything missing, damaged, hostile or not supported.
 */
export async function openCheckpoint(folder: string): Promise<Checkpoint> {
  const config = await readModelConfig(folder);
  const vocabularyPath = await present(folder, 'vocab.json');
  const mergesPath = await present(folder, 'merges.txt');
  const weights = await openWeights(folder);
  try {
    const tensors = tieEmbeddings(weights.tensors);
    return new Checkpoint({ config, vocabularyPath, mergesPath }, { ...weights, tensors });
  } catch (error) {
    weights.close();
    throw error;
  }
}

async function present(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await access(path).catch((cause: unknown) => {
    throw new ConvertError(`cannot find ${path}: the tokenizer needs it`, { cause });
  });
  return path;
}
