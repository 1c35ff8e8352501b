import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { splitWords } from '../../../functions/text/split-words.ts';
import { texts } from './texts.ts';

describe('splitWords()', () => {
  // Made by Python's regex 2026.5.9 with the expression of GPT-2's encoder.py.
  for (const [text, words] of [
    ['', []],
    [" it's the girl's", [' it', "'s", ' the', ' girl', "'s"]],
    ["don't we've I'll 'S", ['don', "'t", ' we', "'ve", ' I', "'ll", " '", 'S']],
    ['a  b   c', ['a', ' ', ' b', '  ', ' c']],
    ['end \n', ['end', ' \n']],
    ['1,234.56', ['1', ',', '234', '.', '56']],
    [' "?', [' "?']],
    ['x²½', ['x', '²½']],
    ['naïve 犬🐶', ['naïve', ' 犬', '🐶']],
    ['a\u0085 b', ['a', '\u0085', ' b']],
    ['a\ufeffb', ['a', '\ufeff', 'b']],
    ['a\u3000b', ['a', '\u3000', 'b']],
  ] as const) {
    it(`cuts ${JSON.stringify(text)}`, () => assert.deepEqual(splitWords(text), words));
  }

  it('loses nothing', () => {
    fc.assert(fc.property(texts(), (text) => assert.equal(splitWords(text).join(''), text)));
  });
});
