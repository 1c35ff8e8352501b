import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOrtRuntime } from '../../../functions/model/ort-runtime.ts';
import { selfTestPixels } from '../../../functions/model/self-test-pixels.ts';
import { type AuthoredModel, authorModel } from '../../../scripts/convert/author-model.ts';
import { measureHeap } from '../../../scripts/convert/measure-heap.ts';
import { memoryEngine } from '../../../scripts/convert/memory-engine.ts';
import { batchNormRanges } from '../../../scripts/convert/quantise/batch-norm-ranges.ts';
import { compileTokenizer } from '../../../scripts/convert/tokenizer/compile-tokenizer.ts';
import { nodeModules } from '../../../scripts/lib/node-modules.ts';
import { smallVocabulary } from '../../../scripts/synthetic/small-vocabulary.ts';
import { syntheticSource } from '../../lib/synthetic-source.ts';

const { vocabJson, mergesText } = smallVocabulary();
const tokenizer = compileTokenizer(vocabJson, mergesText).table;

function model(shape: 'full' | 'micro', dtype: 'int8' | 'fp32'): AuthoredModel {
  const source = { ...syntheticSource(shape), tokenizer };
  if (dtype === 'fp32') return authorModel(source, { dtype });
  return authorModel(source, {
    dtype,
    ranges: batchNormRanges(source.config.resnetBlocks, source.weights),
  });
}

describe('measureHeap()', () => {
  it('names a heap that need not grow, whatever is asked, and hardly a larger one', async () => {
    const ofa = model('full', 'int8');
    const bytes = await measureHeap(ofa, () => {});
    assert.ok(bytes !== null);
    // Of an isolate's 128 MB: see docs/memory.md.
    assert.ok(bytes < 60 * 1024 * 1024, `${bytes}`);
    const runtime = await createOrtRuntime(await nodeModules(), 1);
    runtime.reserve(bytes);
    const reserved = runtime.heapBytes();
    // A WASM page on top at most.
    assert.ok(reserved >= bytes && reserved < bytes + 65_536);
    const engine = await memoryEngine(runtime, ofa, 'kernels');
    // Other lengths, in another order, than it was measured with.
    for (let picture = 0; picture < 8; picture++) {
      const tokens = await engine.encodeImage(selfTestPixels(ofa.image.side, picture));
      const ids = Array.from({ length: 2 + ((picture * 29) % 81) }, (_, i) => i % 200);
      await engine.judge(tokens, { encoder: ids, decoder: ids.slice(0, -1) });
      tokens.release();
    }
    assert.equal(runtime.heapBytes(), reserved);
  });

  it('has nothing to say of a model without kernels', async () => {
    assert.equal(await measureHeap(model('micro', 'fp32'), () => {}), null);
  });
});
