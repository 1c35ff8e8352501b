import { checkStorages } from '../check-storages.ts';
import { unpickle } from '../pickle/unpickle.ts';
import { stateDictOf } from '../state-dict-of.ts';
import { openTorchArchive } from '../torch-archive.ts';
import { TORCH_WORLD } from '../torch-world.ts';
import type { WeightsFile } from './weights-file.ts';

/**
 * Opens what torch.save writes since PyTorch 1.6.
 *
 * @throws {ConvertError} Damaged, hostile, or without tensors.
 */
export async function openTorchZip(path: string): Promise<WeightsFile> {
  const archive = await openTorchArchive(path);
  try {
    const tensors = stateDictOf(unpickle(archive.pickle, TORCH_WORLD));
    checkStorages(tensors, archive);
    return { form: 'torch zip', tensors, source: archive, close: archive.close };
  } catch (error) {
    archive.close();
    throw error;
  }
}
