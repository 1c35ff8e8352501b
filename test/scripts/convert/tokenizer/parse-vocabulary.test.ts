import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';
import { parseVocabulary } from '../../../../scripts/convert/tokenizer/parse-vocabulary.ts';

const CONTROL = { '<s>': 0, '<pad>': 1, '</s>': 2, '<unk>': 3 };

describe('parseVocabulary()', () => {
  it('reads ids by token', () => {
    const vocabulary = parseVocabulary(JSON.stringify({ a: 9, ...CONTROL, __proto__x: 65_535 }));
    assert.equal(vocabulary.get('a'), 9);
    assert.equal(vocabulary.get('__proto__x'), 65_535);
    assert.equal(vocabulary.size, 6);
  });

  for (const [name, text, message] of [
    ['what is not JSON', '{', 'Cannot read vocab.json: not JSON'],
    ['a list', '[]', 'Cannot read vocab.json: not an object of ids by token'],
    ['null', 'null', 'Cannot read vocab.json: not an object of ids by token'],
    [
      'an id that is text',
      JSON.stringify({ ...CONTROL, a: '4' }),
      'Cannot use vocab.json: token "a" has id "4", not a whole number below 65536',
    ],
    [
      'an id beyond 16 bits',
      JSON.stringify({ ...CONTROL, a: 65_536 }),
      'Cannot use vocab.json: token "a" has id 65536, not a whole number below 65536',
    ],
    [
      'an id twice',
      JSON.stringify({ ...CONTROL, a: 3 }),
      'Cannot use vocab.json: two tokens have id 3',
    ],
    [
      'no </s>',
      '{"<s>": 0, "<pad>": 1}',
      'Cannot use vocab.json: "</s>" has id none, BART\'s is 2',
    ],
    [
      'another order of control tokens',
      '{"<pad>": 0, "<s>": 1}',
      'Cannot use vocab.json: "<s>" has id 1, BART\'s is 0',
    ],
  ] as const) {
    it(`refuses ${name}`, () => {
      assert.throws(() => parseVocabulary(text), { name: 'ConvertError', message });
    });
  }

  it('keeps the cause of a syntax error', () => {
    assert.throws(
      () => parseVocabulary('{'),
      (error) => error instanceof ConvertError && error.cause instanceof SyntaxError,
    );
  });
});
