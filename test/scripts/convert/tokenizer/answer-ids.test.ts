import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';
import { answerIds } from '../../../../scripts/convert/tokenizer/answer-ids.ts';
import tokens from '../../../fixtures/tokens.json' with { type: 'json' };
import { published, SKIP, small } from '../../../functions/text/vocabularies.ts';

describe('answerIds()', () => {
  it('finds the published ids', { skip: SKIP }, () => {
    const ids = answerIds(Object.keys(tokens.answers), published().ours);
    assert.deepEqual(ids, Object.values(tokens.answers));
  });

  it('keeps the order of the answers', () => {
    const { ours } = small();
    const ids = answerIds(['maybe', 'yes'], ours);
    assert.deepEqual(ids.map(ours.tokenOf), ['Ġmaybe', 'Ġyes']);
  });

  it('refuses an answer of several tokens and names them', () => {
    assert.throws(
      () => answerIds(['yes', 'yes no'], small().ours),
      new ConvertError('Cannot use the answer "yes no": Ġyes Ġno are several tokens, not one'),
    );
    assert.throws(() => answerIds(['nay'], small().ours), /"nay": Ġn a y are several tokens/);
  });
});
