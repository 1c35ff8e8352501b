import { pickleStateDict } from './pickle-state-dict.ts';
import { PickleWriter } from './pickle-writer.ts';
import type { TensorToWrite } from './torch-tensor.ts';
import { writeTorchParts } from './write-torch-parts.ts';

/**
 * Writes tensors as torch.save does, so that torch.load reads them.
 *
 * @param onProgress Called with the storages written so far and their number.
 */
export async function writeTorchZip(
  path: string,
  tensors: readonly TensorToWrite[],
  onProgress: (done: number, total: number) => void = () => {},
): Promise<void> {
  const storages = [...new Set(tensors.map(({ storage }) => storage))];
  const pickle = new PickleWriter();
  pickleStateDict(pickle, tensors, storages);
  await writeTorchParts(path, { pickle: pickle.finish(), storages }, onProgress);
}
