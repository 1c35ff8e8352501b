import type { TensorReference } from '../tensor-reference.ts';

/** The numbers behind the tensors of an open weights file, storage by storage. */
export interface StorageSource {
  /** Whether the numbers are big-endian. */
  readonly bigEndian: boolean;
  /** The real length of a storage in bytes, `null` when there is none. */
  storageBytes(name: string): number | null;
  /**
   * The bytes of a storage, in a buffer of their own.
   *
   * @throws {ConvertError} Missing, damaged or cut off.
   */
  readStorage(name: string): Uint8Array<ArrayBuffer>;
}

/** How a weights file is written. */
export type WeightsForm = 'torch zip' | 'torch before 1.6' | 'safetensors';

/** An open weights file: its tensors are listed, none is read. */
export interface WeightsFile {
  readonly form: WeightsForm;
  /** By the names that the file gives them, in its order. */
  readonly tensors: ReadonlyMap<string, TensorReference>;
  readonly source: StorageSource;
  close(): void;
}

/** A tensor, and where its numbers are. */
export interface StoredTensor {
  readonly reference: TensorReference;
  readonly source: StorageSource;
}
