import { checkIndex } from './check-index.ts';
import { findWeights } from './find-weights.ts';
import { nameTensors } from './name-tensors.ts';
import { openWeightsFile } from './open-weights-file.ts';
import type { StoredTensor, WeightsFile, WeightsForm } from './weights-file.ts';

/** All weights of a checkpoint folder, open. */
export interface Weights {
  /** By ModelScope's names. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** How many of them have another name in their file. */
  readonly renamed: number;
  /** How they are written; the files of a split checkpoint are all of one form. */
  readonly form: WeightsForm | null;
  /** How many files they are in. */
  readonly files: number;
  close(): void;
}

/**
 * Opens the weights of a checkpoint folder, however they are written and split.
 *
 * @throws {ConvertError} None there, damaged, hostile, or not what their index says.
 */
export async function openWeights(folder: string): Promise<Weights> {
  const { files: paths, index } = await findWeights(folder);
  const files = new Map<string, WeightsFile>();
  function close(): void {
    for (const file of files.values()) file.close();
  }
  try {
    for (const path of paths) files.set(path, await openWeightsFile(path));
    if (index !== null) checkIndex(index, files);
    const open = [...files.values()];
    return { ...nameTensors(open), form: open[0]?.form ?? null, files: open.length, close };
  } catch (error) {
    close();
    throw error;
  }
}
