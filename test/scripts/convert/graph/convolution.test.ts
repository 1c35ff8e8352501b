import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConvolution } from '../../../../scripts/convert/graph/convolution.ts';
import { syntheticTensor } from '../../../../scripts/synthetic/synthetic-tensor.ts';
import { noise } from './judge-fixture.ts';
import { assertNear, at } from './plain-arithmetic.ts';
import { plainConvolution } from './plain-convolution.ts';

/** Folded weights are rounded to float32 once more: sums of up to 36 products below 5. */
const FLOAT32_TOLERANCE = 1e-5;
const PREFIX = 'encoder.embed_images.';

describe('readConvolution()', () => {
  for (const [kernel, stride] of [
    [1, 1],
    [1, 2],
    [3, 1],
    [3, 2],
  ] as const) {
    it(`folds BatchNorm: as convolution, then (x - mean) / sqrt(var + 1e-5) * gamma + beta, ${kernel}x${kernel}/${stride}`, () => {
      const site = {
        name: 'layer1.0.conv2',
        norm: 'layer1.0.bn2',
        inChannels: 4,
        outChannels: 6,
        kernel,
        stride,
      };
      const folded = readConvolution(syntheticTensor, site);
      const picture = { channels: 4, side: 7, values: noise('picture', [4, 7, 7]).values };
      const plain = plainConvolution(picture, {
        ...site,
        weight: syntheticTensor(`${PREFIX}${site.name}.weight`, [6, 4, kernel, kernel]),
        bias: new Float32Array(6),
      });
      const norm = (part: string) => syntheticTensor(`${PREFIX}${site.norm}.${part}`, [6]);
      const [gamma, beta] = [norm('weight'), norm('bias')];
      const [mean, variance] = [norm('running_mean'), norm('running_var')];
      const cells = plain.side ** 2;
      const expected = Array.from(plain.values, (value, i) => {
        const c = Math.floor(i / cells);
        const normed = (value - at(mean, c)) / Math.sqrt(at(variance, c) + 1e-5);
        return normed * at(gamma, c) + at(beta, c);
      });
      assertNear(plainConvolution(picture, folded).values, expected, FLOAT32_TOLERANCE);
    });
  }

  it('reports beta as the mean and the size of gamma as the deviation of each channel', () => {
    const site = { name: 'c', norm: 'n', inChannels: 1, outChannels: 2, kernel: 1, stride: 1 };
    const parts: Record<string, readonly number[]> = {
      'c.weight': [2, 2],
      'n.weight': [-3, 0.5],
      'n.bias': [1, -4],
      'n.running_mean': [10, 20],
      'n.running_var': [4, 9],
    };
    const { mean, deviation, weight, bias } = readConvolution(
      (key) => Float32Array.from(parts[key.slice(PREFIX.length)] ?? []),
      site,
    );
    assert.deepEqual([...mean], [1, -4]);
    assert.deepEqual([...deviation], [3, 0.5]);
    // gamma / sqrt(var + 1e-5): -3 / 2 and 0.5 / 3, but for the epsilon's millionths.
    assertNear(weight, [-3, 1 / 3], 1e-5);
    assertNear(bias, [1 + 15, -4 - 10 / 3], 1e-4);
  });

  it('asks for tensors of the right shape, and for nothing else', () => {
    const asked: string[] = [];
    const site = { name: 'c', norm: 'n', inChannels: 5, outChannels: 2, kernel: 3, stride: 2 };
    readConvolution((key, shape) => {
      asked.push(`${key.slice(PREFIX.length)} ${shape.join('x')}`);
      return syntheticTensor(key, shape);
    }, site);
    assert.deepEqual(asked.toSorted(), [
      'c.weight 2x5x3x3',
      'n.bias 2',
      'n.running_mean 2',
      'n.running_var 2',
      'n.weight 2',
    ]);
  });
});
