import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { packedIndex, unpackKernels } from '../../../functions/model/unpack-kernels.ts';
import { planVision } from '../../../functions/model/vision-plan.ts';
import { packWeights } from '../../../scripts/convert/kernels/pack-weights.ts';
import { windowWeights } from '../../../scripts/convert/kernels/window-weights.ts';

const plan = planVision({ side: 32, blocks: [1, 1, 1], width: 16 });

describe('unpackKernels()', () => {
  it('gives back what the converter packed, channels before windows, the projection turned', () => {
    const file = new Uint8Array(plan.fileBytes);
    const originals = new Map<string, Float32Array>();
    for (const step of plan.steps) {
      if (step.kind === 'pool') continue;
      const channels = step.input === plan.pixels ? 3 : step.input.channels;
      const count = step.outChannels * channels * step.kernel ** 2;
      const weight = Float32Array.from({ length: count }, (_, i) => ((i * 7919) % 255) - 127);
      const windows = windowWeights(weight, step);
      const packed = packWeights(Int8Array.from(windows.values), windows);
      file.set(new Uint8Array(packed.buffer), step.weights);
      originals.set(step.name, weight);
    }
    const unpacked = new Int8Array(unpackKernels(file, plan).buffer);
    for (const step of plan.steps) {
      if (step.kind === 'pool' || step.input === plan.pixels) continue;
      const weight = originals.get(step.name) ?? new Float32Array();
      const found = unpacked.slice(step.weights, step.weights + weight.length);
      const inputs = step.input.channels;
      const expected =
        step.output === null
          ? weight.map(
              (_, i) =>
                weight[(i % step.outChannels) * inputs + Math.floor(i / step.outChannels)] ?? 0,
            )
          : weight;
      assert.deepEqual(found, Int8Array.from(expected), step.name);
    }
  });
});

describe('packedIndex()', () => {
  it('places every weight of a layer once', () => {
    const [channels, window] = [48, 72];
    const seen = new Set<number>();
    for (let channel = 0; channel < channels; channel++) {
      for (let place = 0; place < window; place++) seen.add(packedIndex(channel, place, window));
    }
    assert.equal(seen.size, channels * window);
    assert.equal(Math.max(...seen), channels * window - 1);
  });
});
