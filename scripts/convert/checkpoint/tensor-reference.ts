import type { TorchDtype } from './torch-dtype.ts';

/** A run of numbers in the archive, `data/NAME`. */
export class StorageReference {
  readonly name: string;
  readonly dtype: TorchDtype;

  constructor(name: string, dtype: TorchDtype) {
    this.name = name;
    this.dtype = dtype;
  }
}

/** A view of a storage: element `[i, j, ...]` is number `offset + i * strides[0] + j * strides[1] + ...` of it. */
export class TensorReference {
  readonly storage: StorageReference;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];

  constructor(storage: StorageReference, offset: number, layout: TensorLayout) {
    this.storage = storage;
    this.offset = offset;
    this.shape = layout.shape;
    this.strides = layout.strides;
  }

  /** How many numbers the tensor has. */
  get count(): number {
    return this.shape.reduce((product, side) => product * side, 1);
  }

  /** How many numbers the storage must hold for the last element to lie inside. */
  get reach(): number {
    if (this.count === 0) return 0;
    return this.shape.reduce(
      (end, side, i) => end + (side - 1) * (this.strides[i] ?? 0),
      this.offset + 1,
    );
  }
}

/** Sides and strides of a tensor, in numbers, outermost first. */
export interface TensorLayout {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}
