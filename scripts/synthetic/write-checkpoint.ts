import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelConfig } from '../convert/checkpoint/model-config.ts';
import { settingsFiles } from './settings-files.ts';
import { smallVocabulary } from './small-vocabulary.ts';
import type { TensorToWrite } from './torch-tensor.ts';
import { writeTorchZip } from './write-torch-zip.ts';

/** What goes into a checkpoint folder. */
export interface CheckpointContents {
  readonly config: ModelConfig;
  readonly tensors: readonly TensorToWrite[];
  /** The tokenizer's files; a small vocabulary of our own when left out. */
  readonly vocabulary?: { readonly vocabJson: string; readonly mergesText: string };
}

/**
 * Writes a checkpoint folder in ModelScope layout.
 *
 * @param folder Made if it is not there; files of the same names are replaced.
 * @param onProgress Called with the parts of pytorch_model.bin written so far and their number.
 */
export async function writeCheckpoint(
  folder: string,
  contents: CheckpointContents,
  onProgress?: (done: number, total: number) => void,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, settings] of Object.entries(settingsFiles(contents.config))) {
    await writeFile(join(folder, name), `${JSON.stringify(settings, null, 1)}\n`);
  }
  const { vocabJson, mergesText } = contents.vocabulary ?? smallVocabulary();
  await writeFile(join(folder, 'vocab.json'), vocabJson);
  await writeFile(join(folder, 'merges.txt'), mergesText);
  await writeTorchZip(join(folder, 'pytorch_model.bin'), contents.tensors, onProgress);
}
