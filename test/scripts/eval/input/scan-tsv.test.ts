import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { scanTsv, type TsvRow } from '../../../../scripts/eval/input/scan-tsv.ts';
import { temporaryFolder } from '../../../lib/temporary-folder.ts';

/** Base64 of a photograph of 225 kB; four rows and a part stand in a chunk. */
const PICTURE_BYTES = 300_000;
const ROWS = 1000;
/** Chunks wait for the collector, tens of megabytes of them; the file has 300 MB. */
const MAX_GROWTH_BYTES = 150 * 1024 * 1024;

const path = () => join(temporaryFolder(), 'rows.tsv');

async function scan(text: string): Promise<TsvRow[]> {
  const file = path();
  writeFileSync(file, text);
  const rows: TsvRow[] = [];
  for await (const row of scanTsv(file)) rows.push(row);
  return rows;
}

describe('scanTsv()', () => {
  it('gives texts, and where the picture stands, with any line end and none', async () => {
    for (const [lineEnd, last] of [
      ['\n', ''],
      ['\r\n', '\r\n'],
    ] as const) {
      const rows = await scan(
        `a\t1\tQUJD\tzwölf\tc\tneutral${lineEnd}b\t2\t\td\te\tneutral ${last}`,
      );
      assert.deepEqual(
        rows.map(({ line, texts }) => [line, ...texts]),
        [
          [1, 'a', '1', '', 'zwölf', 'c', 'neutral'],
          [2, 'b', '2', '', 'd', 'e', 'neutral'],
        ],
      );
      assert.deepEqual(rows[0]?.picture, { start: 4, length: 4 });
      assert.equal(rows[0]?.digest, createHash('sha256').update('QUJD').digest('hex'));
      assert.equal(rows[1]?.picture.length, 0);
    }
  });

  it('finds each picture of a file of many chunks, and keeps none in memory', async () => {
    const file = path();
    const out = openSync(file, 'w');
    for (let i = 0; i < ROWS; i++) {
      // A character of two bytes may fall on a chunk's end.
      const base64 = String.fromCharCode(65 + (i % 26)).repeat(PICTURE_BYTES + i);
      writeSync(out, `${i}\tid${i}\t${base64}\tü${'é'.repeat(i)}\tc\tneutral\n`);
    }
    closeSync(out);
    const bytes = readFileSync(file);
    const before = process.memoryUsage().rss;
    let growth = 0;
    let count = 0;
    for await (const { texts, picture } of scanTsv(file)) {
      growth = Math.max(growth, process.memoryUsage().rss - before);
      assert.equal(texts[1], `id${count}`);
      assert.equal(texts[3], `ü${'é'.repeat(count)}`);
      assert.equal(picture.length, PICTURE_BYTES + count);
      const [first, end] = [bytes[picture.start], bytes[picture.start + picture.length - 1]];
      assert.deepEqual([first, end], [65 + (count % 26), 65 + (count % 26)]);
      assert.equal(bytes[picture.start + picture.length], 9);
      count += 1;
    }
    assert.equal(count, ROWS);
    assert.ok(growth < MAX_GROWTH_BYTES, `${growth}`);
  });

  for (const [what, text] of [
    ['a long text without tabs', 'x'.repeat(70_000)],
    ['too many columns', 'a\tb\tc\td\te\tf\tg'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(
        scan(`a\t1\tQUJD\tb\tc\tneutral\n${text}`),
        /line 2: no row of OFA's TSV/,
      );
    });
  }
});
