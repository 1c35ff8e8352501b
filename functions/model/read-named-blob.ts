import { EntailError } from '../lib/entail-error.ts';
import { sha256Hex } from '../lib/sha256-hex.ts';
import type { BlobReader } from './blob-reader.ts';

/** A blob whose key says what its bytes are. */
export interface NamedBlob {
  readonly key: string;
  /** Of the bytes, lower-case hex. */
  readonly sha256: string;
}

/**
 * Reads a blob that is named by its hash. One that is wrong is read once more: the store may have a cache in front, and
 * then goes past it.
 *
 * @param allocate As for a {@linkcode BlobReader}; what it refuses counts as wrong.
 * @throws {EntailError} `model_missing`, `model_integrity` or `storage_unavailable`.
 */
export async function readNamedBlob(
  blob: NamedBlob,
  allocate: (size: number) => Uint8Array<ArrayBuffer>,
  readBlob: BlobReader,
): Promise<Uint8Array<ArrayBuffer>> {
  async function readOnce(): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await readBlob(blob.key, allocate);
    const found = await sha256Hex(bytes);
    if (found === blob.sha256) return bytes;
    throw new EntailError('model_integrity', `cannot use ${blob.key}: its SHA-256 is ${found}`);
  }
  try {
    return await readOnce();
  } catch (error) {
    if (!(error instanceof EntailError && error.code === 'model_integrity')) throw error;
    return await readOnce();
  }
}
