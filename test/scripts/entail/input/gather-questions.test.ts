import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { gatherQuestions } from '../../../../scripts/entail/input/gather-questions.ts';
import { parseOptions } from '../../../../scripts/entail/parse-options.ts';
import { temporaryFolder } from '../../../lib/temporary-folder.ts';

const folder = temporaryFolder();
mkdirSync(join(folder, 'deep'));
mkdirSync(join(folder, 'empty'));
for (const name of ['b.png', 'a.JPG', 'deep/c.jpeg', 'notes.txt', '[x].png']) {
  writeFileSync(join(folder, name), '');
}
const at = (name: string) => join(folder, name);

async function gather(...args: string[]) {
  const { questions, isOnePicture } = await gatherQuestions(parseOptions(args));
  const rows = questions.map(({ path, hypothesis }) => `${relative(folder, path)}: ${hypothesis}`);
  return { rows, isOnePicture };
}

describe('gatherQuestions()', () => {
  it('takes one file by its name, whatever it is called and whether or not it is there', async () => {
    for (const name of ['b.png', 'notes.txt', '[x].png', 'none']) {
      assert.deepEqual(await gather(at(name), 'one', 'two'), {
        rows: [`${name}: one`, `${name}: two`],
        isOnePicture: true,
      });
    }
  });

  it('takes all pictures below a folder, or what a glob matches, in the order of their names', async () => {
    const all = ['[x].png: s', 'a.JPG: s', 'b.png: s', 'deep/c.jpeg: s'];
    assert.deepEqual(await gather(folder, 's'), { rows: all, isOnePicture: false });
    assert.deepEqual((await gather(at('**/*.{png,jpeg}'), 's')).rows, [all[0], all[2], all[3]]);
    assert.deepEqual(await gather(at('b.*'), 's'), { rows: ['b.png: s'], isOnePicture: false });
  });

  it('takes several names, as a shell writes them, until the first that is none of a picture', async () => {
    const found = await gather(at('b.png'), at('none.png'), at('deep'), 'a dog.', 'deep', 'x.png');
    const names = ['b.png', 'none.png', 'deep/c.jpeg'];
    const sentences = ['a dog.', 'deep', 'x.png'];
    assert.deepEqual(
      found.rows,
      names.flatMap((name) => sentences.map((sentence) => `${name}: ${sentence}`)),
    );
    assert.equal(found.isOnePicture, false);
  });

  it('takes a sentence that ends like a file for a sentence', async () => {
    const found = await gather(at('b.png'), 'the screen shows logo.png');
    assert.deepEqual(found, { rows: ['b.png: the screen shows logo.png'], isOnePicture: true });
  });

  it('reads pairs from files and globs', async () => {
    writeFileSync(at('one.csv'), 'image,text\nb.png,from csv\n');
    writeFileSync(at('deep/two.md'), '![from a page](c.jpeg)');
    const found = await gather('--pairs', at('**/*.md'), at('one.csv'));
    assert.deepEqual(found, {
      rows: ['deep/c.jpeg: from a page', 'b.png: from csv'],
      isOnePicture: false,
    });
  });

  it('refuses what leaves nothing to ask', async () => {
    await assert.rejects(gather(), /at least one hypothesis are needed\nusage: /);
    await assert.rejects(gather(at('b.png'), at('a.JPG')), /at least one hypothesis/);
    await assert.rejects(gather(at('empty'), 's'), /cannot find a picture in .*empty: no \.png/);
    await assert.rejects(gather(at('*.gif'), 's'), /cannot find a picture in .*\*\.gif/);
    await assert.rejects(gather('--pairs', at('*.htm')), /cannot find a file that .*htm/);
  });
});
