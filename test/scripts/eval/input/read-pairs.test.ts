import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readPairs } from '../../../../scripts/eval/input/read-pairs.ts';
import { temporaryFolder } from '../../../lib/temporary-folder.ts';

const OURS = { image: 'a.png', hypothesis: 'a bird', premise: null, label: 'neutral', kind: 'x' };
const THEIRS = { Flickr30K_ID: '12', sentence1: 'Two birds.', sentence2: 'Birds.' };

function write(...lines: readonly unknown[]): string {
  const path = join(temporaryFolder(), 'rows.jsonl');
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(path, text.join('\n'));
  return path;
}

describe('readPairs()', () => {
  it('reads rows of both formats in order, each with its place', async () => {
    const path = write(OURS, '', { ...THEIRS, gold_label: 'entailment' });
    const { pairs, leftOut, isSnliVe } = await readPairs(path, { premise: true });
    assert.deepEqual(
      pairs.map(({ where, image, premise }) => [where, image, premise]),
      [
        ['rows.jsonl:1', 'a.png', null],
        ['rows.jsonl:3', '12.jpg', 'Two birds.'],
      ],
    );
    assert.deepEqual(leftOut, []);
    assert.equal(isSnliVe, false);
  });

  it('tells the rows of SNLI-VE that are left out', async () => {
    const path = write(
      { ...THEIRS, gold_label: '-' },
      { ...THEIRS, gold_label: 'contradiction' },
      { ...THEIRS, gold_label: '-' },
    );
    const set = await readPairs(path, { premise: false });
    assert.deepEqual([set.pairs.length, set.isSnliVe], [1, true]);
    assert.deepEqual(
      set.leftOut.map(({ where, reason }) => [where, reason]),
      [
        ['rows.jsonl:1', 'no_gold_label'],
        ['rows.jsonl:3', 'no_gold_label'],
      ],
    );
  });

  it('names file and line of a malformed row', async () => {
    const path = write(OURS, '', { ...OURS, label: 'yes' }, OURS);
    await assert.rejects(readPairs(path, { premise: false }), {
      message: /^rows\.jsonl:3: cannot read the row: label: /,
    });
  });

  it('refuses a file that is not there', async () => {
    const missing = join(temporaryFolder(), 'nowhere.jsonl');
    await assert.rejects(readPairs(missing, { premise: false }), /cannot read the data: ENOENT/);
  });
});
