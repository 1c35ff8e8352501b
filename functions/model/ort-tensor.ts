import { EntailError } from '../lib/entail-error.ts';
import { allocateBytes } from './ort-allocate.ts';
import { ortFailure } from './ort-failure.ts';
import type { OrtModule } from './ort-module.ts';

/** `ONNXTensorElementDataType`: float is the only type that crosses the driver's border. */
const FLOAT = 1;
const LOCATION_CPU = 1;
const POINTER_BYTES = 4;

/** A float32 tensor in the runtime's heap. */
export interface OrtTensor {
  readonly handle: number;
  /** Where its numbers begin in the heap. */
  readonly address: number;
  readonly shape: readonly number[];
  /** A view into the heap: valid until the next call into the runtime, which may grow and move it. */
  view(): Float32Array;
  /** Gives the memory back; once only. */
  release(): void;
}

/**
 * Allocates a float32 tensor of the given shape in the heap; its values are whatever was there.
 *
 * @throws {EntailError} `runtime_dead`: the heap cannot grow.
 */
export function allocateTensor(module: OrtModule, shape: readonly number[]): OrtTensor {
  const length = shape.reduce((product, side) => product * side, 1);
  const data = allocateBytes(module, length * 4);
  const stack = module.stackSave();
  try {
    const dims = module.stackAlloc(POINTER_BYTES * shape.length);
    shape.forEach((side, axis) => {
      module.setValue(dims + POINTER_BYTES * axis, side, 'i32');
    });
    const handle = module._OrtCreateTensor(
      FLOAT,
      data,
      length * 4,
      dims,
      shape.length,
      LOCATION_CPU,
    );
    if (handle === 0) {
      module._free(data);
      throw ortFailure(module, 'cannot create a tensor');
    }
    return {
      handle,
      address: data,
      shape,
      view: () => new Float32Array(module.HEAPU8.buffer, data, length),
      release() {
        module._OrtReleaseTensor(handle);
        module._free(data);
      },
    };
  } finally {
    module.stackRestore(stack);
  }
}

/**
 * Wraps a tensor that the runtime made (the output of a run).
 *
 * @throws {EntailError} `runtime_dead`: it is not a float tensor, or cannot be read.
 */
export function adoptTensor(module: OrtModule, handle: number): OrtTensor {
  const stack = module.stackSave();
  try {
    const out = module.stackAlloc(4 * POINTER_BYTES);
    const failed = module._OrtGetTensorData(handle, out, out + 4, out + 8, out + 12);
    if (failed !== 0) throw ortFailure(module, 'cannot read a tensor');
    const type = module.getValue(out, 'i32');
    const data = module.getValue(out + 4, '*');
    const dims = module.getValue(out + 8, '*');
    const rank = module.getValue(out + 12, 'i32');
    const shape = Array.from({ length: rank }, (_, axis) =>
      module.getValue(dims + POINTER_BYTES * axis, 'i32'),
    );
    module._OrtFree(dims);
    if (type !== FLOAT) {
      module._OrtReleaseTensor(handle);
      throw new EntailError('runtime_dead', `an output has element type ${type}, not float`);
    }
    const length = shape.reduce((product, side) => product * side, 1);
    return {
      handle,
      address: data,
      shape,
      view: () => new Float32Array(module.HEAPU8.buffer, data, length),
      release: () => void module._OrtReleaseTensor(handle),
    };
  } finally {
    module.stackRestore(stack);
  }
}
