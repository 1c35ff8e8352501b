import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { selfTestPixels } from '../../../functions/model/self-test-pixels.ts';
import { authorModel } from '../../../scripts/convert/author-model.ts';
import { memoryEngine } from '../../../scripts/convert/memory-engine.ts';
import { batchNormRanges } from '../../../scripts/convert/quantise/batch-norm-ranges.ts';
import { nodeRuntime } from '../../lib/node-runtime.ts';
import { syntheticSource } from '../../lib/synthetic-source.ts';

const micro = syntheticSource('micro');
const ranges = batchNormRanges(micro.config.resnetBlocks, micro.weights);
const runtime = await nodeRuntime();
const PIXELS = selfTestPixels(96);
const PROMPT = { encoder: [0, 100, 200, 300, 2], decoder: [0, 100, 200, 300] };

describe('Engine.explain()', () => {
  for (const [name, model, backend] of [
    ['fp32', authorModel(micro, { dtype: 'fp32' }), 'onnxruntime'],
    ['int8, kernels', authorModel(micro, { dtype: 'int8', ranges }), 'kernels'],
  ] as const) {
    it(`${name} explains with the very logits, and shares of attention that leave some for the words`, async () => {
      const engine = await memoryEngine(runtime, model, backend);
      const tokens = await engine.encodeImage(PIXELS);
      const { logits, attention } = await engine.explain(tokens, PROMPT);
      assert.deepEqual(logits, await engine.judge(tokens, PROMPT));
      assert.equal(attention.length, tokens.patches);
      assert.ok(attention.every((share) => share > 0));
      const sum = attention.reduce((total, share) => total + share, 0);
      assert.ok(sum > 0 && sum < 1, String(sum));
      assert.notDeepEqual(
        attention,
        (await engine.explain(tokens, { ...PROMPT, decoder: [0] })).attention,
      );
      tokens.release();
      engine.release();
    });
  }
});
