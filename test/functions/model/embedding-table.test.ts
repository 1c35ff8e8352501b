import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { createEmbeddingTable } from '../../../functions/model/embedding-table.ts';

/** The file that `model-shards/README.md` describes, written number by number. */
function int8File(values: readonly number[], scales: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length + scales.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setInt8(i, value);
  });
  scales.forEach((scale, i) => {
    view.setFloat32(values.length + i * 4, scale, true);
  });
  return bytes;
}

const INT8 = { rows: 3, width: 5, dtype: 'int8' } as const;
const VALUES = [1, 2, 3, 4, 5, -127, 127, 0, -1, 1, 10, 20, 30, 40, 50];
const SCALES = [0.5, 2, 0.25];

const refused = { name: 'EntailError', code: 'inference_invalid' };

describe('createEmbeddingTable() int8', () => {
  it('gives bytes times the scale of their row, in the order asked for', () => {
    const table = createEmbeddingTable(int8File(VALUES, SCALES), INT8);
    const out = new Float32Array(15);
    table.gather([2, 0, 2], out);
    const third = [2.5, 5, 7.5, 10, 12.5];
    assert.deepEqual([...out], [...third, 0.5, 1, 1.5, 2, 2.5, ...third]);
  });

  it('reads signed bytes and scales at an odd offset: 15 bytes stand before them', () => {
    const table = createEmbeddingTable(int8File(VALUES, SCALES), INT8);
    const out = new Float32Array(5);
    table.gather([1], out);
    assert.deepEqual([...out], [-254, 254, 0, -2, 2]);
  });

  it('reads a file that lies inside a larger buffer', () => {
    const file = int8File(VALUES, SCALES);
    const larger = new Uint8Array(file.length + 7);
    larger.set(file, 7);
    const out = new Float32Array(5);
    createEmbeddingTable(larger.subarray(7), INT8).gather([2], out);
    assert.deepEqual([...out], [2.5, 5, 7.5, 10, 12.5]);
  });

  it('writes nothing behind the rows asked for', () => {
    const out = new Float32Array(12).fill(9);
    createEmbeddingTable(int8File(VALUES, SCALES), INT8).gather([0, 1], out);
    assert.deepEqual([...out.subarray(10)], [9, 9]);
  });
});

describe('createEmbeddingTable() fp32', () => {
  const numbers = Float32Array.from([0.1, -0.2, 3e-9, 4e9]);
  const table = createEmbeddingTable(new Uint8Array(numbers.buffer), {
    rows: 2,
    width: 2,
    dtype: 'fp32',
  });

  it('gives the rows bit for bit', () => {
    const out = new Float32Array(4);
    table.gather([1, 0], out);
    assert.deepEqual([...out], [numbers[2], numbers[3], numbers[0], numbers[1]]);
  });

  it('gives nothing for no token', () => {
    table.gather([], new Float32Array(0));
  });
});

describe('createEmbeddingTable() refusals', () => {
  it('refuses a file that is one byte too short or too long, whatever the format', () => {
    for (const [dtype, bytes] of [
      ['int8', 3 * (5 + 4)],
      ['fp32', 3 * 5 * 4],
    ] as const) {
      createEmbeddingTable(new Uint8Array(bytes), { rows: 3, width: 5, dtype });
      for (const wrong of [bytes - 1, bytes + 1, 0]) {
        assert.throws(
          () => createEmbeddingTable(new Uint8Array(wrong), { rows: 3, width: 5, dtype }),
          { name: 'EntailError', code: 'model_integrity', message: new RegExp(`${wrong} bytes`) },
        );
      }
    }
  });

  it('refuses any id the table does not have, first or last', () => {
    const table = createEmbeddingTable(int8File(VALUES, SCALES), INT8);
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 3 }), fc.integer({ max: -1 }), fc.constant(Number.NaN)),
        (id) => {
          assert.throws(() => table.gather([id, 0], new Float32Array(10)), refused);
          assert.throws(() => table.gather([0, id], new Float32Array(10)), refused);
        },
      ),
    );
  });
});
