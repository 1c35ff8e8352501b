import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ConvertError } from '../convert-error.ts';
import { checkStorages } from './check-storages.ts';
import { Checkpoint } from './checkpoint.ts';
import { unpickle } from './pickle/unpickle.ts';
import { readModelConfig } from './read-model-config.ts';
import { refuseUnknownParts } from './refuse-unknown-parts.ts';
import { refuseUntiedEmbeddings } from './refuse-untied-embeddings.ts';
import { stateDictOf } from './state-dict-of.ts';
import { openTorchArchive } from './torch-archive.ts';
import { TORCH_WORLD } from './torch-world.ts';

export type { Checkpoint, NamedShape, Tensor } from './checkpoint.ts';

/** The name ModelScope and Hugging Face give to the weights. */
const WEIGHTS_FILE = 'pytorch_model.bin';

/**
 * Opens a checkpoint folder: settings are read, tensors only listed.
 *
 * @param folder config.json, configuration.json, ans2label.json, vocab.json, merges.txt, and
 *   pytorch_model.bin or a single original OFA `*.pt`.
 * @throws {ConvertError} Anything missing, damaged, hostile or not supported.
 */
export async function openCheckpoint(folder: string): Promise<Checkpoint> {
  const config = await readModelConfig(folder);
  const vocabularyPath = await present(folder, 'vocab.json');
  const mergesPath = await present(folder, 'merges.txt');
  const archive = await openTorchArchive(await findWeights(folder));
  try {
    const tensors = stateDictOf(unpickle(archive.pickle, TORCH_WORLD));
    checkStorages(tensors, archive);
    refuseUnknownParts(tensors.keys(), config);
    await refuseUntiedEmbeddings(tensors, archive);
    return new Checkpoint({ config, vocabularyPath, mergesPath }, archive, tensors);
  } catch (error) {
    archive.close();
    throw error;
  }
}

async function findWeights(folder: string): Promise<string> {
  const names = await readdir(folder);
  if (names.includes(WEIGHTS_FILE)) return join(folder, WEIGHTS_FILE);
  const originals = names.filter((name) => name.endsWith('.pt'));
  const [original] = originals;
  if (original !== undefined && originals.length === 1) return join(folder, original);
  throw new ConvertError(
    `cannot find the weights in ${folder}: no ${WEIGHTS_FILE}, and ${originals.length} files *.pt where 1 is needed`,
  );
}

async function present(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await access(path).catch((cause: unknown) => {
    throw new ConvertError(`cannot find ${path}: the tokenizer needs it`, { cause });
  });
  return path;
}
