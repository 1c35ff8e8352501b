import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ModelFileName } from '../../../functions/model/manifest.ts';
import { authorModel, modelAuthor } from '../../../scripts/convert/author-model.ts';
import { lazyModel } from '../../../scripts/convert/lazy-model.ts';
import { batchNormRanges } from '../../../scripts/convert/quantise/batch-norm-ranges.ts';
import { syntheticSource } from '../../lib/synthetic-source.ts';

const source = syntheticSource('micro');
const ranges = batchNormRanges(source.config.resnetBlocks, source.weights);
const FILES: readonly ModelFileName[] = [
  'embeddings',
  'vision.onnx',
  'vision.weights',
  'vision.kernels',
  'judge.onnx',
  'judge.weights',
  'tokenizer',
];

describe('lazyModel()', () => {
  it('reads what authorModel() writes, in any order and again', async () => {
    const { files } = authorModel(source, { dtype: 'int8', ranges });
    const model = lazyModel(modelAuthor(source, { dtype: 'int8', ranges }));
    for (const name of [...FILES, ...FILES.toReversed()]) {
      assert.deepEqual(await model.read(name), files[name], name);
    }
  });

  it('writes a stage once for its graph and its weights', async () => {
    const author = modelAuthor(source, { dtype: 'fp32' });
    let written = 0;
    const model = lazyModel({
      ...author,
      vision() {
        written += 1;
        return author.vision();
      },
    });
    await model.read('vision.onnx');
    await model.read('vision.weights');
    assert.equal(written, 1);
  });

  it('has no kernels in fp32', async () => {
    const model = lazyModel(modelAuthor(source, { dtype: 'fp32' }));
    await assert.rejects(model.read('vision.kernels'), /the model has no vision\.kernels/);
  });
});
