import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readOfaTsv } from '../../../../scripts/eval/input/read-ofa-tsv.ts';
import { temporaryFolder } from '../../../lib/temporary-folder.ts';

function write(...rows: readonly (readonly string[])[]): string {
  const path = join(temporaryFolder(), 'snli_ve_test.tsv');
  writeFileSync(path, rows.map((row) => `${row.join('\t')}\n`).join(''));
  return path;
}
const base64 = (text: string) => Buffer.from(text).toString('base64');
const row = (id: string, picture: string, label = 'neutral', caption = 'a man.') => [
  `${id}.jpg#1r1n`,
  id,
  picture,
  'a man in pink.',
  caption,
  label,
];

describe('readOfaTsv()', () => {
  it('reads pairs and pictures, the caption as premise only when asked', async () => {
    const path = write(row('25', base64('one')), [], row('26', base64('two'), 'entailment', ''));
    for (const premise of [false, true]) {
      const { pairs, isSnliVe, readPicture } = await readOfaTsv(path, { premise });
      assert.equal(isSnliVe, true);
      assert.deepEqual(pairs[0], {
        image: '25',
        hypothesis: 'a man in pink.',
        premise: premise ? 'a man.' : null,
        label: 'neutral',
        kind: 'snli-ve',
        where: 'snli_ve_test.tsv:1',
      });
      assert.deepEqual([pairs[1]?.premise, pairs[1]?.where], [null, 'snli_ve_test.tsv:3']);
      assert.equal(Buffer.from(await readPicture('25')).toString(), 'one');
      assert.equal(Buffer.from(await readPicture('26')).toString(), 'two');
    }
  });

  it('gives rows with an id one picture, and another where the bytes are others', async () => {
    const path = write(row('7', base64('a')), row('7', base64('a')), row('7', base64('b')));
    const { pairs, readPicture } = await readOfaTsv(path, { premise: false });
    assert.deepEqual(
      pairs.map(({ image }) => image),
      ['7', '7', '7 of line 3'],
    );
    assert.equal(Buffer.from(await readPicture('7 of line 3')).toString(), 'b');
  });

  it('tells the rows that it leaves out', async () => {
    const path = write(row('1', base64('a'), '-'), row('2', ''), row('3', base64('c')));
    const { pairs, leftOut } = await readOfaTsv(path, { premise: false });
    assert.equal(pairs.length, 1);
    assert.deepEqual(
      leftOut.map(({ where, reason }) => [where, reason]),
      [
        ['snli_ve_test.tsv:1', 'no_gold_label'],
        ['snli_ve_test.tsv:2', 'no_picture'],
      ],
    );
  });

  it('takes both alphabets of base64, and names the picture that is in neither', async () => {
    const bytes = Buffer.from([0xfb, 0xff, 0xfe]);
    const path = write(
      row('1', bytes.toString('base64')),
      row('2', bytes.toString('base64url')),
      row('3', '/9j/ 4AA'),
    );
    const { readPicture } = await readOfaTsv(path, { premise: false });
    assert.deepEqual(await readPicture('1'), bytes);
    assert.deepEqual(await readPicture('2'), bytes);
    await assert.rejects(readPicture('3'), /the picture 3: its column is not base64/);
  });

  it('names file, line and column of a malformed row, and the file that is not there', async () => {
    const bad = write(row('1', 'QQ=='), row('2', 'QQ==', 'yes'));
    await assert.rejects(readOfaTsv(bad, { premise: false }), /test\.tsv: line 2: column 6: /);
    const short = write(['1', '2', 'QQ==', 'a']);
    await assert.rejects(readOfaTsv(short, { premise: false }), /test\.tsv: line 1: /);
    const missing = join(temporaryFolder(), 'no.tsv');
    await assert.rejects(readOfaTsv(missing, { premise: false }), /data no\.tsv: ENOENT/);
  });
});
