import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openData } from '../../../../scripts/eval/input/open-data.ts';
import { temporaryFolder } from '../../../lib/temporary-folder.ts';

const ROW = {
  Flickr30K_ID: '12',
  sentence1: 'Two birds.',
  sentence2: 'Birds.',
  gold_label: 'neutral',
};

function write(...rows: readonly unknown[]) {
  const images = temporaryFolder();
  writeFileSync(join(images, '12.jpg'), 'a picture');
  const data = join(images, 'snli_ve_test.jsonl');
  writeFileSync(data, rows.map((row) => JSON.stringify(row)).join('\n'));
  return { data, images, premise: true };
}

describe('openData()', () => {
  it('leaves out missing pictures and texts that nobody would answer, each with its reason', async () => {
    const { pairs, leftOut } = await openData(
      write(
        { ...ROW, gold_label: '-' },
        ROW,
        { ...ROW, Flickr30K_ID: '13' },
        { ...ROW, sentence2: '???' },
        { ...ROW, sentence1: 'bell \u0007' },
      ),
    );
    assert.deepEqual(
      pairs.map(({ where }) => where),
      ['snli_ve_test.jsonl:2'],
    );
    assert.deepEqual(
      leftOut.map(({ where, reason }) => `${where} ${reason}`),
      [
        'snli_ve_test.jsonl:1 no_gold_label',
        'snli_ve_test.jsonl:3 no_picture',
        'snli_ve_test.jsonl:4 unusable_text',
        'snli_ve_test.jsonl:5 unusable_text',
      ],
    );
    assert.match(leftOut[1]?.detail ?? '', /13\.jpg/);
  });

  it('refuses data of which nothing is left', async () => {
    await assert.rejects(openData(write()), /it has no labelled pairs/);
    await assert.rejects(openData(write({ ...ROW, gold_label: '-' })), /it has no labelled pairs/);
    await assert.rejects(
      openData(write({ ...ROW, Flickr30K_ID: '13' })),
      /none of its 1 pairs can be asked; the first, .*:1: no picture 13\.jpg/,
    );
  });
});
