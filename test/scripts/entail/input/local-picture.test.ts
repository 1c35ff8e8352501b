import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { localPicture } from '../../../../scripts/entail/input/local-picture.ts';
import { temporaryFolder } from '../../../lib/temporary-folder.ts';

describe('localPicture()', () => {
  it('resolves a path from the folder of its page, without what browsers take away', () => {
    const at = (src: string) => localPicture(src, '/site/docs/page.md');
    assert.equal(at('a.png'), '/site/docs/a.png');
    assert.equal(at('../img/a%20b.png?v=2#part'), '/site/img/a b.png');
  });

  it('is null for what is elsewhere, or nowhere', () => {
    for (const src of [
      'https://a.example/a.png',
      '//a.example/a.png',
      'data:image/png;base64,AA',
      'http://',
    ]) {
      assert.equal(localPicture(src, '/site/page.md'), null, src);
    }
  });

  it('finds a path from the root of a site in the nearest folder above its page that has it', () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'img'));
    mkdirSync(join(root, 'docs/deep'), { recursive: true });
    writeFileSync(join(root, 'img/a.png'), '');
    const page = join(root, 'docs/deep/page.html');
    assert.equal(localPicture('/img/a.png', page), join(root, 'img/a.png'));
    assert.equal(localPicture('/img/none.png', page), join(root, 'docs/deep/img/none.png'));
  });
});
