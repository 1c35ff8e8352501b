import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readPairs } from '../../../../scripts/entail/input/read-pairs.ts';
import { temporaryFolder } from '../../../lib/temporary-folder.ts';

const folder = temporaryFolder();

/** Reads a file of this name with this text; what is found of each row, its path from the folder. */
async function read(name: string, text: string) {
  const source = join(folder, name);
  writeFileSync(source, text);
  const { questions, skipped } = await readPairs(source);
  const rows = questions.map(({ path, hypothesis, premise, source: from }) => {
    assert.equal(from, source);
    return [path.replace(`${folder}/`, ''), hypothesis, premise];
  });
  return { rows, skipped };
}

describe('readPairs()', () => {
  it('reads CSV: any order of columns, quotes, a mark at the start, an empty premise as none', async () => {
    const text =
      '\ufefftext,kind,image,premise\r\n"two ""big"" dogs,\nrunning",x,img/a.png,\r\n\r\na cat,y,b.png,a park\r\n';
    assert.deepEqual(await read('a.csv', text), {
      rows: [
        ['img/a.png', 'two "big" dogs,\nrunning', null],
        ['b.png', 'a cat', 'a park'],
      ],
      skipped: 0,
    });
  });

  it('reads JSONL by either pair of names', async () => {
    const text = `{"image": "a.png", "text": "a", "text2": "b"}\n\n{"image": "/x/c.png", "hypothesis": "d", "premise": null, "label": "neutral"}\n`;
    assert.deepEqual((await read('a.jsonl', text)).rows, [
      ['a.png', 'a', 'b'],
      ['/x/c.png', 'd', null],
    ]);
  });

  it('reads Markdown: pictures by path or reference, and HTML in it, but not code', async () => {
    const text = `![a *big* dog](a.png "title") ![by reference][r]\n\n<img src="c.jpg" alt="html">\n
\`![code](x.png)\`\n\n\`\`\`md\n![code](x.png)\n\`\`\`\n\n[r]: b.JPEG\n`;
    assert.deepEqual((await read('a.md', text)).rows, [
      ['a.png', 'a big dog', null],
      ['b.JPEG', 'by reference', null],
      ['c.jpg', 'html', null],
    ]);
  });

  it('counts pictures of a page that cannot be asked about', async () => {
    const text =
      '<img src="https://a.example/a.png" alt="x"><img src="a.svg" alt="y"><img src="a.png" alt="z">';
    assert.deepEqual(await read('a.html', text), { rows: [['a.png', 'z', null]], skipped: 2 });
  });

  const malformed: readonly (readonly [name: string, text: string, reason: RegExp])[] = [
    ['b.csv', 'image,text\na.png', /Invalid Record Length.*line 2/],
    ['c.csv', 'picture,text\na.png,a', /row 1 has no image and text/],
    ['b.jsonl', '{"image": "a.png", "text": "a"}\n{', /line 2 is no JSON/],
    ['c.jsonl', '{"image": "a.png"}', /row 1 has no image and text/],
    ['b.txt', '', /neither \.csv, \.jsonl, \.html nor \.md/],
  ];
  for (const [name, text, reason] of malformed) {
    it(`names the file and the place: ${name}`, async () => {
      await assert.rejects(read(name, text), (error: Error) => {
        assert.ok(error.message.startsWith(`cannot read the pairs in ${join(folder, name)}: `));
        assert.match(error.message, reason);
        return true;
      });
    });
  }

  it('says when there is no such file', async () => {
    await assert.rejects(readPairs(join(folder, 'none.csv')), /cannot read the pairs in .*ENOENT/);
  });
});
