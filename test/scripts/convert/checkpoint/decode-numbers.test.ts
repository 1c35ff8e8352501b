import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeNumbers } from '../../../../scripts/convert/checkpoint/decode-numbers.ts';

function bytesOf(numbers: ArrayBufferView): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

test('decodeNumbers() takes float32 without a copy, special values included', () => {
  const numbers = Float32Array.from([0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY]);
  const decoded = decodeNumbers(bytesOf(numbers), 'float32');
  assert.deepEqual([...decoded], [...numbers]);
  assert.equal(decoded.buffer, numbers.buffer);
});

test('decodeNumbers() rounds float64 to float32', () => {
  const decoded = decodeNumbers(bytesOf(Float64Array.from([0.1, -1e300])), 'float64');
  assert.deepEqual([...decoded], [Math.fround(0.1), Number.NEGATIVE_INFINITY]);
});

test('decodeNumbers() reads float16: normal, subnormal, zeros, infinities, NaN', () => {
  // IEEE 754-2019, binary16: the corner values of the format.
  const values: [bits: number, value: number][] = [
    [0x3c00, 1],
    [0xc000, -2],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0x0400, 2 ** -14],
    [0x03ff, 1023 * 2 ** -24],
    [0x0001, 2 ** -24],
    [0x8001, -(2 ** -24)],
    [0x0000, 0],
    [0x8000, -0],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ];
  const bits = Uint16Array.from(values, ([code]) => code);
  const decoded = decodeNumbers(bytesOf(bits), 'float16');
  assert.deepEqual(
    [...decoded],
    values.map(([, value]) => value),
  );
});

test('decodeNumbers() reads float16 in rising order over all positive codes', () => {
  const decoded = decodeNumbers(
    bytesOf(Uint16Array.from({ length: 0x7c01 }, (_, i) => i)),
    'float16',
  );
  for (let i = 1; i < decoded.length; i++) assert.ok((decoded[i] ?? 0) > (decoded[i - 1] ?? 0));
});

test('decodeNumbers() reads bfloat16 as the upper half of a float32', () => {
  const bits = Uint16Array.from([0x3f80, 0xc040, 0x0001, 0x7f80, 0x8000]);
  const decoded = decodeNumbers(bytesOf(bits), 'bfloat16');
  assert.deepEqual([...decoded], [1, -3, 2 ** -133, Number.POSITIVE_INFINITY, -0]);
});

test('decodeNumbers() reads whole numbers and truth values', () => {
  const int64 = BigInt64Array.from([-5n, 2n ** 40n]);
  assert.deepEqual([...decodeNumbers(bytesOf(int64), 'int64')], [-5, 2 ** 40]);
  assert.deepEqual([...decodeNumbers(bytesOf(Int32Array.of(-7, 8)), 'int32')], [-7, 8]);
  assert.deepEqual([...decodeNumbers(bytesOf(Int16Array.of(-7, 8)), 'int16')], [-7, 8]);
  assert.deepEqual([...decodeNumbers(Uint8Array.of(249, 8), 'int8')], [-7, 8]);
  assert.deepEqual([...decodeNumbers(Uint8Array.of(249, 8), 'uint8')], [249, 8]);
  assert.deepEqual([...decodeNumbers(Uint8Array.of(0, 1), 'bool')], [0, 1]);
});
