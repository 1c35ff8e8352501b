import { ConvertError } from '../convert-error.ts';
import { isList } from './pickle/is-list.ts';
import { printable } from './printable.ts';
import { StorageReference, TensorReference } from './tensor-reference.ts';

/** Dimensions of a tensor: convolutions have 4. */
const MAX_RANK = 8;
/** Numbers of a tensor: the embedding table of OFA-huge has 76 million. */
const MAX_TENSOR_NUMBERS = 2 ** 28;
/** The largest stride or offset, in numbers: nothing in a file of 1 GiB lies further. */
const MAX_STRIDE = 2 ** 30;

/**
 * What `torch._utils._rebuild_tensor_v2` stands for.
 *
 * @param args Storage, offset, shape, strides; the rest (gradient flags, hooks) says nothing about the numbers.
 * @throws {ConvertError} Not a storage, or numbers past the caps above.
 */
export function rebuildTensor(args: readonly unknown[]): TensorReference {
  const [storage, offset, shape, strides] = args;
  if (!(storage instanceof StorageReference)) {
    throw new ConvertError('cannot read the pickle: a tensor without a storage');
  }
  const sides = counts(shape, MAX_TENSOR_NUMBERS);
  const steps = counts(strides, MAX_STRIDE);
  const [start] = counts([offset], MAX_STRIDE);
  if (sides.length !== steps.length) {
    throw new ConvertError(
      `cannot read the pickle: a tensor with ${sides.length} sides and ${steps.length} strides`,
    );
  }
  const tensor = new TensorReference(storage, start ?? 0, { shape: sides, strides: steps });
  if (tensor.count > MAX_TENSOR_NUMBERS) {
    throw new ConvertError(
      `cannot read the pickle: a tensor of ${tensor.count} numbers, at most ${MAX_TENSOR_NUMBERS}`,
    );
  }
  return tensor;
}

function counts(value: unknown, limit: number): readonly number[] {
  if (!isList(value) || value.length > MAX_RANK) {
    throw new ConvertError(
      `cannot read the pickle: a tensor with more than ${MAX_RANK} sides, or none`,
    );
  }
  return value.map((count) => {
    if (typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= limit)
      return count;
    throw new ConvertError(
      `cannot read the pickle: ${printable(count)} as a side, stride or offset of a tensor, at most ${limit}`,
    );
  });
}
