import { gatherTensor } from './gather-tensor.ts';
import { DTYPE_BYTES } from './torch-dtype.ts';
import type { StoredTensor } from './weights/weights-file.ts';

/**
 * A tensor's numbers, contiguous and row-major, read from its file.
 *
 * @throws {ConvertError} Damaged or cut off.
 */
export function readTensor({ reference, source }: StoredTensor): Float32Array {
  const bytes = source.readStorage(reference.storage.name);
  if (source.bigEndian) swapBytes(bytes, DTYPE_BYTES[reference.storage.dtype]);
  return gatherTensor(bytes, reference);
}

function swapBytes(bytes: Uint8Array, size: number): void {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (size === 2) view.swap16();
  else if (size === 4) view.swap32();
  else if (size === 8) view.swap64();
}
