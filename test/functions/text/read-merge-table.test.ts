import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { readMergeTable } from '../../../functions/text/read-merge-table.ts';
import { compileTokenizer } from '../../../scripts/convert/tokenizer/compile-tokenizer.ts';
import { smallVocabulary } from '../../../scripts/synthetic/small-vocabulary.ts';

const { vocabJson, mergesText } = smallVocabulary();
const { table, rows } = compileTokenizer(vocabJson, mergesText);
const merges = (table.length - 528) / 6;

/** The table with some 16-bit numbers replaced. */
function patched(...values: [offset: number, value: number][]): Uint8Array {
  const copy = table.slice();
  const view = new DataView(copy.buffer);
  for (const [offset, value] of values) view.setUint16(offset, value, true);
  return copy;
}

function u16(offset: number): number {
  return new DataView(table.buffer).getUint16(offset, true);
}

describe('readMergeTable()', () => {
  it('reads what the converter wrote', () => {
    const read = readMergeTable(table);
    assert.equal(read.size, rows);
    assert.equal(read.byteIds.length, 256);
    assert.equal(read.merged.length, merges);
    assert.equal(read.rankOf(u16(528), u16(528 + 2 * merges)), 0);
    assert.equal(read.rankOf(u16(528 + 2), u16(528 + 2 * merges + 2)), 1);
    assert.equal(read.rankOf(4, 4), 0xffff);
  });

  it('reads a table without merges', () => {
    const bytesOnly = patched([12, 0]).subarray(0, 528);
    assert.equal(readMergeTable(bytesOnly).rankOf(4, 5), 0xffff);
  });

  for (const [name, bytes, message] of [
    ['nothing', new Uint8Array(0), '0 bytes, at least 16'],
    ['another beginning', patched([0, 0]), 'it does not begin with EBPE'],
    ['another version', patched([4, 2]), 'version 2, not 1'],
    ['more rows than ids', patched([10, 2]), `${rows + 2 * 65_536} rows, at most 65536`],
    ['more merges than ranks', patched([14, 1]), `${merges + 65_536} merges, at most 65535`],
    ['a cut', table.subarray(0, -1), `${table.length - 1} bytes, not ${table.length}`],
    ['a tail', new Uint8Array([...table, 0]), `${table.length + 1} bytes, not ${table.length}`],
    ['a byte that is </s>', patched([16, 2]), `token 2, not in 4-${rows - 1}`],
    ['an id beyond the rows', patched([528, rows]), `token ${rows}, not in 4-${rows - 1}`],
    ['a merge into <s>', patched([528 + 4 * merges, 0]), `token 0, not in 4-${rows - 1}`],
    ['two bytes of one token', patched([16, u16(18)]), 'two bytes with one token'],
    [
      'a pair that is there twice',
      patched([530, u16(528)], [530 + 2 * merges, u16(528 + 2 * merges)]),
      'a pair that merges twice',
    ],
  ] as const) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => readMergeTable(bytes),
        new EntailError('model_integrity', `Cannot read the tokenizer table: ${message}`),
      );
    });
  }

  it('reads or refuses any bytes, and throws nothing else', () => {
    const damage = fc.array(fc.tuple(fc.nat(table.length - 2), fc.nat(0xffff)), { maxLength: 4 });
    fc.assert(
      fc.property(damage, fc.nat(table.length), (values, length) => {
        try {
          readMergeTable(patched(...values).subarray(0, length));
        } catch (error) {
          assert.ok(error instanceof EntailError && error.code === 'model_integrity');
        }
      }),
    );
  });
});
