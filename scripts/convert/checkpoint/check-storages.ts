import { ConvertError } from '../convert-error.ts';
import type { TensorReference } from './tensor-reference.ts';
import { DTYPE_BYTES } from './torch-dtype.ts';
import type { StorageSource } from './weights/weights-file.ts';

/**
 * Makes sure that every tensor's last element lies inside its storage as it really is.
 *
 * The length that the pickle claims is not looked at.
 *
 * @throws {ConvertError} A storage is missing or too short for a tensor, by name.
 */
export function checkStorages(
  tensors: ReadonlyMap<string, TensorReference>,
  source: Pick<StorageSource, 'storageBytes'>,
): void {
  for (const [key, { storage, reach }] of tensors) {
    const found = source.storageBytes(storage.name);
    const needed = reach * DTYPE_BYTES[storage.dtype];
    if (found === null) {
      throw new ConvertError(
        `cannot read tensor ${key}: its storage data/${storage.name} is not in the file`,
      );
    }
    if (needed > found || found % DTYPE_BYTES[storage.dtype] !== 0) {
      throw new ConvertError(
        `cannot read tensor ${key}: it needs ${needed} bytes (${storage.dtype}) of its storage data/${storage.name}, which has ${found}`,
      );
    }
  }
}
