import type {
  StorageToWrite,
  TensorToWrite,
} from '../../../../../scripts/synthetic/torch-tensor.ts';

/** The shorter formats that checkpoints come in. */
export type HalfFormat = 'float16' | 'bfloat16';

/** The same tensors with their float32 numbers in a shorter format, shared storages still shared. */
export function roundTensors(
  tensors: readonly TensorToWrite[],
  format: HalfFormat,
): TensorToWrite[] {
  return mapStorages(tensors, (storage) => ({
    dtype: format,
    count: storage.count,
    bytes: () => bytesOf(Uint16Array.from(floatsOf(storage), TO_BITS[format])),
  }));
}

/** The same tensors in float32, their numbers rounded to what a shorter format can say. */
export function roundedTensors(
  tensors: readonly TensorToWrite[],
  format: HalfFormat,
): TensorToWrite[] {
  return mapStorages(tensors, (storage) => ({
    dtype: 'float32',
    count: storage.count,
    bytes: () => bytesOf(Float32Array.from(floatsOf(storage), ROUND[format])),
  }));
}

function mapStorages(
  tensors: readonly TensorToWrite[],
  change: (storage: StorageToWrite) => StorageToWrite,
): TensorToWrite[] {
  const changed = new Map<StorageToWrite, StorageToWrite>();
  return tensors.map((tensor) => {
    if (tensor.storage.dtype !== 'float32') return tensor;
    const storage = changed.get(tensor.storage) ?? kept(change(tensor.storage));
    changed.set(tensor.storage, storage);
    return { ...tensor, storage };
  });
}

/** Rounded once, however often it is written. */
function kept(storage: StorageToWrite): StorageToWrite {
  let bytes: Uint8Array | null = null;
  return {
    ...storage,
    bytes() {
      bytes ??= storage.bytes();
      return bytes;
    },
  };
}

/** Both round to nearest, ties to even, as torch does. */
const TO_BITS: Readonly<Record<HalfFormat, (value: number) => number>> = {
  float16(value) {
    const { sign, steps, exponent } = halfOf(value);
    // Of a number below 2^-14, which has no leading one, the steps themselves are the bits.
    return (sign < 0 ? 0x8000 : 0) | (((exponent + 14) << 10) + steps);
  },
  bfloat16(value) {
    const bits = floatBits(value);
    return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
  },
};

const ROUND: Readonly<Record<HalfFormat, (value: number) => number>> = {
  float16(value) {
    const { sign, steps, exponent } = halfOf(value);
    return sign * steps * 2 ** (exponent - 10);
  },
  bfloat16(value) {
    word.setUint32(0, TO_BITS.bfloat16(value) << 16);
    return word.getFloat32(0);
  },
};

const word = new DataView(new ArrayBuffer(4));

function floatBits(value: number): number {
  word.setFloat32(0, value);
  return word.getUint32(0);
}

/** A number as `sign * steps * 2^(exponent - 10)`; weights are far below 65,504, where float16 ends. */
function halfOf(value: number): { sign: number; steps: number; exponent: number } {
  const exponent = Math.max(-14, ((floatBits(value) >>> 23) & 255) - 127);
  const exact = Math.abs(value) / 2 ** (exponent - 10);
  const up = Math.round(exact);
  const tie = exact % 1 === 0.5 && up % 2 === 1;
  return { sign: value < 0 ? -1 : 1, steps: tie ? up - 1 : up, exponent };
}

function floatsOf(storage: StorageToWrite): Float32Array {
  const bytes = storage.bytes();
  return new Float32Array(bytes.buffer, bytes.byteOffset, storage.count);
}

function bytesOf(numbers: Uint16Array | Float32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
