import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerIds } from '../../../scripts/convert/tokenizer/answer-ids.ts';
import { byteAlphabet } from '../../../scripts/convert/tokenizer/byte-alphabet.ts';
import { compileTokenizer } from '../../../scripts/convert/tokenizer/compile-tokenizer.ts';
import { smallVocabulary } from '../../../scripts/synthetic/small-vocabulary.ts';

const { vocabJson, mergesText } = smallVocabulary();
const tokenizer = compileTokenizer(vocabJson, mergesText);

describe('smallVocabulary()', () => {
  it('has the control tokens of BART, then the bytes', () => {
    const ids: Record<string, number> = JSON.parse(vocabJson);
    const first = ['<s>', '<pad>', '</s>', '<unk>', ...byteAlphabet()];
    assert.deepEqual(
      first.map((token) => ids[token]),
      Array.from(first.keys()),
    );
  });

  it('has a few hundred tokens', () => {
    assert.ok(tokenizer.rows > 300 && tokenizer.rows < 1000);
  });

  it('has each answer in one token', () => {
    assert.equal(new Set(answerIds(['yes', 'no', 'maybe'], tokenizer)).size, 3);
  });

  it('keeps the prompts short', () => {
    const prompt = ' does the image describe " two dogs "?';
    const tokens = tokenizer.encode(prompt).map(tokenizer.tokenOf);
    assert.equal(tokens.join(' '), 'Ġdoes Ġthe Ġimage Ġdescribe Ġ" Ġtwo Ġdogs Ġ" ?');
    assert.equal(tokenizer.encode(' can image and text1 "').length, 6);
  });

  it('is the same every time', () => {
    assert.deepEqual(smallVocabulary(), { vocabJson, mergesText });
  });
});
