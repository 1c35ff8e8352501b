import { EntailError } from '../lib/entail-error.ts';

/**
 * Makes places for one small blob, refusing a blob that is too long before any of it is read.
 *
 * @returns What a `BlobReader` takes for `allocate`; throws `model_integrity`.
 */
export function placeOfAtMost(
  maxBytes: number,
  key: string,
): (size: number) => Uint8Array<ArrayBuffer> {
  return (size) => {
    if (size <= maxBytes) return new Uint8Array(size);
    throw new EntailError(
      'model_integrity',
      `cannot read ${key}: ${size} bytes, at most ${maxBytes}`,
    );
  };
}
