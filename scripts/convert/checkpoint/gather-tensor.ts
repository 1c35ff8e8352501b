import { decodeNumbers } from './decode-numbers.ts';
import type { TensorReference } from './tensor-reference.ts';
import { DTYPE_BYTES } from './torch-dtype.ts';

/**
 * A tensor's numbers, contiguous and row-major, whatever its strides.
 *
 * @param bytes The whole storage, little-endian, at least `tensor.reach` numbers long.
 * @returns `tensor.count` numbers.
 */
export function gatherTensor(bytes: Uint8Array, tensor: TensorReference): Float32Array {
  const size = DTYPE_BYTES[tensor.storage.dtype];
  const start = tensor.offset * size;
  if (isContiguous(tensor)) {
    const end = start + tensor.count * size;
    // A copy, so that a small view does not keep a large storage alive.
    const own = end - start === bytes.length ? bytes : bytes.slice(start, end);
    return decodeNumbers(own, tensor.storage.dtype);
  }
  const numbers = decodeNumbers(bytes.slice(start, tensor.reach * size), tensor.storage.dtype);
  const out = new Float32Array(tensor.count);
  const index = tensor.shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = numbers[from] ?? 0;
    from = step(tensor, index, from);
  }
  return out;
}

function isContiguous(tensor: TensorReference): boolean {
  let expected = 1;
  for (let i = tensor.shape.length - 1; i >= 0; i--) {
    const side = tensor.shape[i] ?? 0;
    if (side !== 1 && tensor.strides[i] !== expected) return false;
    expected *= side;
  }
  return true;
}

/** Counts `index` up by one, last side fastest, and follows it in the storage. */
function step(tensor: TensorReference, index: number[], from: number): number {
  let at = from;
  for (let i = index.length - 1; i >= 0; i--) {
    const stride = tensor.strides[i] ?? 0;
    const next = (index[i] ?? 0) + 1;
    if (next < (tensor.shape[i] ?? 0)) {
      index[i] = next;
      return at + stride;
    }
    at -= (next - 1) * stride;
    index[i] = 0;
  }
  return at;
}
