import { DTYPE_BYTES, type TorchDtype } from './torch-dtype.ts';

/**
 * Little-endian numbers of any format as float32.
 *
 * @param bytes A whole number of elements, starting at the front of its own buffer.
 * @returns For float32 a view of `bytes`, else a copy; int64 and float64 are rounded.
 */
export function decodeNumbers(bytes: Uint8Array, dtype: TorchDtype): Float32Array {
  const { buffer, byteOffset } = bytes;
  const count = bytes.length / DTYPE_BYTES[dtype];
  switch (dtype) {
    case 'float64':
      return Float32Array.from(new Float64Array(buffer, byteOffset, count));
    case 'float32':
      return new Float32Array(buffer, byteOffset, count);
    case 'float16':
      return decodeHalves(new Uint16Array(buffer, byteOffset, count));
    case 'bfloat16':
      return decodeBrainFloats(new Uint16Array(buffer, byteOffset, count));
    case 'int64':
      return Float32Array.from(new BigInt64Array(buffer, byteOffset, count), Number);
    case 'int32':
      return Float32Array.from(new Int32Array(buffer, byteOffset, count));
    case 'int16':
      return Float32Array.from(new Int16Array(buffer, byteOffset, count));
    case 'int8':
      return Float32Array.from(new Int8Array(buffer, byteOffset, count));
    default:
      return Float32Array.from(bytes);
  }
}

/** A bfloat16 is the upper half of a float32. */
function decodeBrainFloats(halves: Uint16Array): Float32Array {
  const words = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) words[i] = (halves[i] ?? 0) << 16;
  return new Float32Array(words.buffer);
}

/** Looked up: 100 million of them are decoded for OFA-base, several times. */
function decodeHalves(halves: Uint16Array): Float32Array {
  const numbers = new Float32Array(halves.length);
  const table = halfTable();
  for (let i = 0; i < halves.length; i++) numbers[i] = table[halves[i] ?? 0] ?? 0;
  return numbers;
}

let knownHalves: Float32Array | null = null;

/** All 65,536 of them. */
function halfTable(): Float32Array {
  knownHalves ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => decodeHalf(bits));
  return knownHalves;
}

/** IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits. */
function decodeHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
