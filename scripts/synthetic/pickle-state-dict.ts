import { STORAGE_DTYPES, type TorchDtype } from '../convert/checkpoint/torch-dtype.ts';
import type { PickleWriter } from './pickle-writer.ts';
import type { StorageToWrite, TensorToWrite } from './torch-tensor.ts';

const STORAGE_CLASSES = new Map([...STORAGE_DTYPES].map(([name, dtype]) => [dtype, name]));

/**
 * Writes an OrderedDict of tensors the way torch.save does.
 *
 * @param pickle Where to; the dict is left on top of its stack.
 * @param storages Gives each storage its name, `data/0`, `data/1` ...: the index it has in here.
 */
export function pickleStateDict(
  pickle: PickleWriter,
  tensors: readonly TensorToWrite[],
  storages: readonly StorageToWrite[],
): void {
  const names = new Map(storages.map((storage, index) => [storage, String(index)]));
  pickle.global('collections', 'OrderedDict').raw(')R(');
  for (const tensor of tensors) {
    const { dtype, count } = tensor.storage;
    pickle.string(tensor.key).global('torch._utils', '_rebuild_tensor_v2').raw('((');
    pickle.string('storage').global('torch', storageClass(dtype));
    pickle
      .string(names.get(tensor.storage) ?? '')
      .string('cpu')
      .int(count)
      .raw('tQ');
    pickle
      .int(tensor.offset ?? 0)
      .ints(tensor.shape)
      .ints(tensor.strides ?? rowMajor(tensor.shape));
    // No gradient, no hooks.
    pickle.bytes(0x89).global('collections', 'OrderedDict').raw(')RtR');
  }
  pickle.raw('u');
}

function storageClass(dtype: TorchDtype): string {
  return (STORAGE_CLASSES.get(dtype) ?? '').replace('torch.', '');
}

function rowMajor(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let step = 1;
  for (const side of shape.toReversed()) {
    strides.unshift(step);
    step *= side;
  }
  return strides;
}
