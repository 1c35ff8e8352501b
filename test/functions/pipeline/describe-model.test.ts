import assert from 'node:assert/strict';
import test from 'node:test';
import { describeModel } from '../../../functions/pipeline/describe-model.ts';
import { loadFake } from './fake-parts.ts';

test('describeModel() shows name, revision, dtype and limits', async () => {
  const model = await loadFake();
  assert.deepEqual(describeModel(model), {
    name: 'fake',
    revision: model.revision,
    dtype: 'fp32',
    vision: 'onnxruntime',
    state: 'ready',
    image: { side: 32 },
    text: { max_characters: 2000, max_source_tokens: 80 },
  });
});
