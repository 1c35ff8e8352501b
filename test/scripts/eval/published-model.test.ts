import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { publishedModel } from '../../../scripts/eval/published-model.ts';

describe('publishedModel()', () => {
  it('knows the distilled checkpoint by the name that converting gives it', () => {
    assert.equal(
      publishedModel('ofa_visual-entailment_snli-ve_distilled_v2_en', null),
      'distilled',
    );
  });

  it('takes no other model for one of them, unless a person says so', () => {
    for (const name of ['drawn-scenes', 'ofa_visual-entailment_snli-ve_large_en', 'mine']) {
      assert.equal(publishedModel(name, null), null);
    }
    assert.equal(publishedModel('mine', 'fine-tuned'), 'fine-tuned');
  });

  it('refuses to compare the default model, whoever asks', () => {
    assert.throws(() => publishedModel('drawn-scenes', 'distilled'), /cannot compare drawn-scenes/);
  });
});
