import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { authorModel } from '../../../scripts/convert/author-model.ts';
import { memoryEngine } from '../../../scripts/convert/memory-engine.ts';
import { batchNormRanges } from '../../../scripts/convert/quantise/batch-norm-ranges.ts';
import { decibels } from '../../../scripts/inspect/decibels.ts';
import { listLayers } from '../../../scripts/inspect/layer-list.ts';
import { seeMixed } from '../../../scripts/inspect/mixed-vision.ts';
import { tensorNoise } from '../../../scripts/inspect/tensor-noise.ts';
import { microInspection } from './inspection-fixture.ts';

const inspection = await microInspection();
const { source, set, runtime } = inspection;
const ranges = batchNormRanges(source.config.resnetBlocks, source.weights);
const exact = await seeMixed(inspection, ranges, () => false);
const rounded = await seeMixed(inspection, ranges, () => true);

async function byEngine(dtype: 'int8' | 'fp32'): Promise<Float32Array[]> {
  const model = authorModel(source, dtype === 'int8' ? { dtype, ranges } : { dtype });
  const engine = await memoryEngine(runtime, model, dtype === 'int8' ? 'kernels' : 'onnxruntime');
  const all: Float32Array[] = [];
  for (const picture of set.pictures) {
    const tokens = await engine.encodeImage(picture);
    all.push(tokens.toArray());
    tokens.release();
  }
  engine.release();
  return all;
}

describe('seeMixed()', () => {
  it('is fp32 itself with no layer in int8', async () => {
    assert.deepEqual(exact.tokens, await byEngine('fp32'));
    assert.equal(exact.output, null);
  });

  it('with all layers in int8 is as the kernels: their noise is the same, not only as large', async () => {
    const kernels = await byEngine('int8');
    const noise = decibels(tensorNoise(exact.tokens, kernels));
    const emulation = decibels(tensorNoise(kernels, rounded.tokens));
    // Sums in float32 fall to the other side of a tie now and then, and later layers carry that on. Noise of another
    // making of the same size would leave the two 3 dB further apart than they are from fp32.
    assert.ok(emulation > noise + 6, `${emulation} dB apart, ${noise} dB from fp32`);
  });

  it('shows the noise of a layer alone, less than that of all together', async () => {
    const all = tensorNoise(exact.tokens, rounded.tokens).noise;
    const layers = listLayers(source).filter(({ part }) => part === 'vision');
    assert.equal(layers.length, 1 + 6 * 3 + 3 + 1);
    for (const { name } of [layers[0], layers[5], layers.at(-2)].filter((it) => it !== undefined)) {
      const alone = await seeMixed(inspection, ranges, (it) => it === name);
      const { noise } = tensorNoise(exact.tokens, alone.tokens);
      assert.ok(noise > 0 && noise < all, name);
      assert.ok(alone.output !== null, name);
      const output = decibels(alone.output);
      // Bytes of 7 bits give about 40 dB where the range is used, 20 where it is far too wide.
      assert.ok(output > 10 && output < 60, `${name}: ${output} dB`);
    }
  });

  it('measures the last layer by its tokens', async () => {
    const last = await seeMixed(inspection, ranges, (it) => it === 'image_proj');
    assert.equal(last.output, null);
    assert.ok(tensorNoise(exact.tokens, last.tokens).noise > 0);
  });

  it('gives everything back to the runtime', () => {
    assert.deepEqual(runtime.held, { tensors: 0, sessions: 0, blocks: 0 });
  });
});
