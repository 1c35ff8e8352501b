import type { TorchDtype } from '../convert/checkpoint/torch-dtype.ts';

/** A run of numbers to be written; tensors that name the same object share it. */
export interface StorageToWrite {
  readonly dtype: TorchDtype;
  /** How many numbers. */
  readonly count: number;
  /** Little-endian; called once, when its turn comes, so that one storage at a time is in memory. */
  bytes(): Uint8Array;
}

/** A tensor to be written; contiguous from the front of its storage unless it says otherwise. */
export interface TensorToWrite {
  readonly key: string;
  readonly shape: readonly number[];
  readonly storage: StorageToWrite;
  /** In numbers, outermost first. */
  readonly strides?: readonly number[];
  /** In numbers. */
  readonly offset?: number;
}
