import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readMergeTable } from '../../../../functions/text/read-merge-table.ts';
import { writeMergeTable } from '../../../../scripts/convert/tokenizer/write-merge-table.ts';

const byteIds = Array.from({ length: 256 }, (_, byte) => byte + 4);
const table = writeMergeTable({
  size: 0x0203,
  byteIds,
  merges: [
    [4, 5, 0x0104],
    [6, 0x0104, 0x0105],
  ],
});

describe('writeMergeTable()', () => {
  it('writes the bytes that model-shards/README.md describes', () => {
    const header = [0x45, 0x42, 0x50, 0x45, 1, 0, 0, 0, 3, 2, 0, 0, 2, 0, 0, 0];
    assert.deepEqual([...table.subarray(0, 20)], [...header, 4, 0, 5, 0]);
    assert.deepEqual([...table.subarray(528)], [4, 0, 6, 0, 5, 0, 4, 1, 4, 1, 5, 1]);
  });

  it('writes what the Worker reads', () => {
    const read = readMergeTable(table);
    assert.equal(read.size, 0x0203);
    assert.deepEqual([...read.byteIds], byteIds);
    assert.deepEqual([...read.merged], [0x0104, 0x0105]);
    assert.equal(read.rankOf(6, 0x0104), 1);
  });
});
