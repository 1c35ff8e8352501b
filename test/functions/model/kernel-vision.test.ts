import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createKernelVision } from '../../../functions/model/kernel-vision.ts';
import { selfTestPixels } from '../../../functions/model/self-test-pixels.ts';
import type { VisionKernels } from '../../../functions/model/vision-kernels.ts';
import { planVision } from '../../../functions/model/vision-plan.ts';
import { authorModel } from '../../../scripts/convert/author-model.ts';
import { authorKernels } from '../../../scripts/convert/kernels/author-kernels.ts';
import { memoryEngine } from '../../../scripts/convert/memory-engine.ts';
import { visionShape } from '../../../scripts/convert/model-shape.ts';
import { batchNormRanges } from '../../../scripts/convert/quantise/batch-norm-ranges.ts';
import { nodeRuntime } from '../../lib/node-runtime.ts';
import { plainKernels } from '../../lib/plain-kernels.ts';
import { syntheticSource } from '../../lib/synthetic-source.ts';

const { config, weights } = syntheticSource('micro');
/** Small, odd, and not a multiple of anything: every edge case of the windows. */
const SIDE = 35;
const image = { side: SIDE, mean: config.imageMean, std: config.imageStd };
const dimensions = { side: SIDE, blocks: config.resnetBlocks, width: config.width };
const plan = planVision(dimensions);
const ranges = batchNormRanges(config.resnetBlocks, weights);
const file = authorKernels({
  shape: { ...visionShape(config), imageSide: SIDE },
  weights,
  ranges,
  normalisation: image,
});
/** Of the image tokens, relative; labels of trained models agree on 99.7 % of pairs at 0.04. */
const MAX_TOKEN_ERROR = 0.1;
const runtime = await nodeRuntime();

function stage(kernels: VisionKernels) {
  const block = runtime.takeBlock(file.length);
  block.view().set(file);
  return createKernelVision({ runtime, kernels, dimensions, weights: block, image, places: 1 });
}

function own(): VisionKernels {
  assert.ok(runtime.kernels !== null);
  return runtime.kernels;
}

async function tokensOf(kernels: VisionKernels): Promise<number[]> {
  const vision = stage(kernels);
  const tokens = await vision.encode(selfTestPixels(SIDE));
  const values = [...tokens.view()];
  tokens.release();
  vision.release();
  return values;
}

describe('createKernelVision()', () => {
  it('gives bit for bit what plain arithmetic gives, layer by layer', async () => {
    const fast = own();
    const anchor = runtime.takeBlock(16);
    const heap = {
      get buffer() {
        return anchor.view().buffer;
      },
    };
    const plain = plainKernels(heap);
    let layers = 0;
    const compared: VisionKernels = {
      ...fast,
      convolve(...args) {
        const [, , , , , , , , , , , output, outputRow, height] = args;
        const bytes = () =>
          Buffer.from(new Uint8Array(heap.buffer).slice(output, output + outputRow * height));
        const before = bytes();
        plain.convolve(...args);
        const expected = bytes();
        new Uint8Array(heap.buffer).set(before, output);
        fast.convolve(...args);
        assert.ok(bytes().equals(expected), `convolution ${layers}`);
        layers += 1;
      },
    };
    const tokens = await tokensOf(compared);
    assert.equal(layers, plan.steps.length - 1);
    assert.deepEqual(tokens, await tokensOf(fast));
    anchor.release();
  });

  it('gives the same tokens whatever lay in the heap before', async () => {
    const first = await tokensOf(own());
    const block = runtime.takeBlock(plan.arenaBytes + file.length);
    block.view().fill(0xff);
    block.release();
    assert.deepEqual(await tokensOf(own()), first);
  });

  it('stays near the ONNX graph of the same stage, which has the same weights', async () => {
    const model = authorModel(syntheticSource('micro'), { dtype: 'int8', ranges });
    const tokens: Float32Array[] = [];
    for (const backend of ['kernels', 'onnxruntime'] as const) {
      const engine = await memoryEngine(runtime, model, backend);
      const seen = await engine.encodeImage(selfTestPixels(config.imageSide));
      tokens.push(seen.toArray());
      seen.release();
      engine.release();
    }
    const [own = new Float32Array(), graph = new Float32Array()] = tokens;
    const power = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
    const error = Math.sqrt(power(own.map((value, i) => value - (graph[i] ?? 0))) / power(graph));
    // Stem in 7 bits against fp32, one rounding against two at each sum; 0.055 was measured.
    assert.ok(error > 0 && error < MAX_TOKEN_ERROR, `${error}`);
  });

  it('sees the self-test picture at 96 pixels a side, its cells repeated', async () => {
    const small = await tokensOf(own());
    const vision = stage(own());
    const [same, again] = [await vision.encodeTest(), await vision.encode(selfTestPixels(SIDE))];
    // Here the model's side is below 96: nothing is repeated.
    assert.deepEqual([...same.view()], small);
    assert.deepEqual([...again.view()], small);
    same.release();
    again.release();
    vision.release();

    const at = (side: number) => {
      const block = runtime.takeBlock(file.length);
      block.view().set(file);
      const own = { ...dimensions, side };
      const parts = { runtime, kernels: runtime.kernels ?? assert.fail(), places: 0 };
      return createKernelVision({ ...parts, dimensions: own, weights: block, image });
    };
    const [of96, of144] = [at(96), at(144)];
    const [cells, repeated] = [await of96.encodeTest(), await of144.encodeTest()];
    const values = [...cells.view()];
    assert.equal(repeated.shape[0], 81);
    [...repeated.view()].forEach((value, i) => {
      assert.equal(value, values[i % values.length]);
    });
    for (const part of [cells, repeated, of96, of144]) part.release();
  });

  it('has places for as many pictures as it was told, and finds one for more', async () => {
    const vision = stage(own());
    const [first, second] = [vision.place(), vision.place()];
    assert.notEqual(first.address, second.address);
    first.release();
    const third = vision.place();
    assert.equal(third.address, first.address);
    vision.release();
    second.release();
    third.release();
  });

  it('refuses a picture of another size', async () => {
    const vision = stage(own());
    const pixels = selfTestPixels(SIDE);
    for (const wrong of [pixels.subarray(3), new Uint8Array(pixels.length + 3)]) {
      await assert.rejects(vision.encode(wrong), { name: 'EntailError', code: 'internal' });
    }
    vision.release();
  });
});
