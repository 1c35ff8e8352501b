import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTokenizer } from '../../../../functions/text/tokenizer.ts';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';
import { compileTokenizer } from '../../../../scripts/convert/tokenizer/compile-tokenizer.ts';
import { smallVocabulary } from '../../../../scripts/synthetic/small-vocabulary.ts';
import { published, SKIP } from '../../../functions/text/vocabularies.ts';

const { vocabJson, mergesText } = smallVocabulary();

/** The small vocabulary's ids, changed. */
function changed(change: (ids: Record<string, number>) => void): string {
  const ids = JSON.parse(vocabJson);
  change(ids);
  return JSON.stringify(ids);
}

describe('compileTokenizer()', () => {
  it('makes a table that encodes as it does', () => {
    const compiled = compileTokenizer(vocabJson, mergesText);
    const tokenizer = createTokenizer(compiled.table);
    assert.equal(tokenizer.size, compiled.rows);
    assert.deepEqual(tokenizer.encode(' the dog'), compiled.encode(' the dog'));
    assert.deepEqual(compiled.encode(' the dog').map(compiled.tokenOf), ['Ġthe', 'Ġdog']);
  });

  it('counts rows to the largest id, used by text or not', () => {
    const vocabulary = changed((ids) => {
      ids['<mask>'] = 9999;
    });
    assert.equal(compileTokenizer(vocabulary, mergesText).rows, 10_000);
  });

  it('names an id without a token by number', () => {
    assert.equal(compileTokenizer(vocabJson, mergesText).tokenOf(60_000), '#60000');
  });

  it('makes 300,528 bytes of the published vocabulary', { skip: SKIP }, () => {
    const { ours } = published();
    assert.equal(ours.rows, 50_265);
    assert.equal(ours.table.length, 300_528);
  });

  it('refuses a byte without a token', () => {
    const vocabulary = changed((ids) => {
      delete ids['!'];
    });
    assert.throws(
      () => compileTokenizer(vocabulary, mergesText),
      new ConvertError('Cannot use vocab.json: it lacks the token "!"'),
    );
  });

  it('refuses a merge into a token that is not there', () => {
    assert.throws(
      () => compileTokenizer(vocabJson, `${mergesText}q q\n`),
      new ConvertError('Cannot use vocab.json: it lacks the token "qq"'),
    );
  });
});
