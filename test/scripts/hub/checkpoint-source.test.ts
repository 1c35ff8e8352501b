import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseSource } from '../../../scripts/hub/checkpoint-source.ts';

const PUBLISHED = 'damo/ofa_visual-entailment_snli-ve_distilled_v2_en';

describe('parseSource()', () => {
  it('reads a repository by prefix, and by the address of its page', () => {
    for (const from of [
      `modelscope:${PUBLISHED}`,
      `https://www.modelscope.cn/models/${PUBLISHED}`,
      `https://modelscope.cn/models/${PUBLISHED}/summary`,
    ]) {
      assert.deepEqual(parseSource(from), { kind: 'modelscope', id: PUBLISHED });
    }
    for (const from of ['hf:OFA-Sys/ofa-tiny', 'https://huggingface.co/OFA-Sys/ofa-tiny']) {
      assert.deepEqual(parseSource(from), { kind: 'hf', id: 'OFA-Sys/ofa-tiny' });
    }
  });

  it('reads the address of a folder, with or without a slash at its end', () => {
    for (const from of ['https://host/a/b', 'https://host/a/b/']) {
      const source = parseSource(from);
      assert.ok(source.kind === 'web');
      assert.equal(source.folder.href, 'https://host/a/b/');
    }
  });

  it('takes everything else for a path', () => {
    for (const path of ['checkpoint', '/a/b', '../x', 'C:\\models\\x', 'a:b']) {
      assert.deepEqual(parseSource(path), { kind: 'folder', path });
    }
  });

  it('refuses what is no OWNER/NAME, and no plain address', () => {
    for (const id of ['', 'x', 'a/b/c', '../x', 'a/..', 'a/b?c', 'a b/c', '/a', '-a/b']) {
      assert.throws(() => parseSource(`modelscope:${id}`), /expected modelscope:OWNER\/NAME/);
    }
    for (const address of [
      'https://host/a?b=c',
      'https://host/a#b',
      'https://me:pw@host/a',
      'http:',
    ]) {
      assert.throws(() => parseSource(address), /expected https:\/\/HOST\/FOLDER\//);
    }
  });
});
