import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';
import { parseMerges } from '../../../../scripts/convert/tokenizer/parse-merges.ts';

describe('parseMerges()', () => {
  it('reads pairs in order, with or without heading, with either line end', () => {
    const expected = [
      ['Ġ', 't'],
      ['h', 'e'],
    ];
    assert.deepEqual(parseMerges('#version: 0.2\nĠ t\nh e\n'), expected);
    assert.deepEqual(parseMerges('Ġ t\nh e'), expected);
    assert.deepEqual(parseMerges('#version: 0.2\r\nĠ t\r\nh e\r\n'), expected);
    assert.deepEqual(parseMerges(''), []);
  });

  it('takes a merge of number signs for a merge', () => {
    assert.deepEqual(parseMerges('#version: 0.2\n# #\n#version x'), [
      ['#', '#'],
      ['#version', 'x'],
    ]);
  });

  for (const [name, text, message] of [
    ['one token', 'a\n', 'Cannot read merges.txt: line 1 is not two tokens, "a"'],
    ['three tokens', 'a b\na b c', 'Cannot read merges.txt: line 2 is not two tokens, "a b c"'],
    ['two spaces', 'a  b', 'Cannot read merges.txt: line 1 is not two tokens, "a  b"'],
    ['a pair twice', 'a b\nb a\na b', 'Cannot use merges.txt: "a b" is there twice'],
    [
      'too many merges',
      Array.from({ length: 65_536 }, (_, i) => `a ${i}`).join('\n'),
      'Cannot use merges.txt: 65536 merges, at most 65535',
    ],
  ] as const) {
    it(`refuses ${name}`, () => {
      assert.throws(() => parseMerges(text), new ConvertError(message));
    });
  }
});
