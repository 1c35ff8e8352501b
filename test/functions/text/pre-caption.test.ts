import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { preCaption } from '../../../functions/text/pre-caption.ts';
import { texts } from './texts.ts';

describe('preCaption()', () => {
  // Made by the published pre_caption() in Python 3.11 with max_words = 3.
  for (const [text, expected] of [
    ['', ''],
    ['???', ''],
    ['~:;#*', ''],
    ['- ?!', '?!'],
    ['...A', 'a'],
    ['  .a', '.a'],
    ['A-B/C', 'a b c'],
    ['<PERSON> x', 'person x'],
    ['a\u00a0\u2003b', 'a b'],
    ['a\u00a0b', 'a\u00a0b'],
    ['a\tb', 'a\tb'],
    ['a \n', 'a'],
    ['a\n', 'a'],
    ['\na', '\na'],
    ['\n', ''],
    [' \u00a0', ''],
    ['a\u0085\u0085b', 'a b'],
    ['a\ufeff\ufeffb', 'a\ufeff\ufeffb'],
    ['İstanbul', 'i\u0307stanbul'],
    ['ΟΔΟΣ', 'οδος'],
    ['ΟΔΟΣ.Α', 'οδοσ.α'],
    ['ΑΣΑ Σ', 'ασα σ'],
    ['ẞ', 'ß'],
    ['one two three four', 'one two three'],
    ['one\ttwo three four', 'one\ttwo three four'],
  ] as const) {
    it(`cleans ${JSON.stringify(text)}`, () => assert.equal(preCaption(text, 3), expected));
  }

  it('keeps two information separators, which Python joins: checkText() refuses them before', () => {
    assert.equal(preCaption('a\u001c\u001cb', 3), 'a\u001c\u001cb');
  });

  it('leaves no run of white space and none of the words beyond the limit', () => {
    fc.assert(
      fc.property(texts(), fc.integer({ min: 1, max: 5 }), (text, maxWords) => {
        const clean = preCaption(text, maxWords);
        assert.doesNotMatch(clean, /\p{White_Space}{2}|^ | $|\n$/u);
        assert.ok(clean.split(' ').length <= maxWords);
        assert.ok(preCaption(text, 1000).startsWith(clean));
      }),
    );
  });
});
