import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Convolution } from '../../../../scripts/convert/graph/convolution.ts';
import { GraphBuilder } from '../../../../scripts/convert/graph/graph-builder.ts';
import { int8Vision } from '../../../../scripts/convert/graph/int8-vision.ts';
import type { Int8Store } from '../../../../scripts/convert/kernels/int8-store.ts';
import { biasFloor } from '../../../../scripts/convert/kernels/quantise-layer.ts';
import {
  type ActivationCode,
  codeAfterRelu,
  codeSigned,
} from '../../../../scripts/convert/quantise/quantise-activation.ts';
import {
  quantiseRows,
  SMALLEST_SCALE,
} from '../../../../scripts/convert/quantise/quantise-weights.ts';
import { nodeRuntime } from '../../../lib/node-runtime.ts';
import { noise } from './judge-fixture.ts';
import { assertNear, at } from './plain-arithmetic.ts';
import { mapPicture, type Picture, plainConvolution, plainPool } from './plain-convolution.ts';
import { runGraph } from './run-graph.ts';

const runtime = await nodeRuntime();
const CHANNELS = 8;
const SIDE = 13;
const RANGES = new Map([
  ['conv1', { low: 0, high: 1 }],
  ['conv', { low: -2, high: 3 }],
  ['shortcut', { low: -2.5, high: 2 }],
  ['block', { low: 0, high: 4 }],
]);
const STEM = codeAfterRelu({ low: 0, high: 1 });
const FLOAT = 1;
const picture: Picture = {
  channels: CHANNELS,
  side: SIDE,
  values: noise('pixels', [CHANNELS, SIDE, SIDE]).values,
};

function convolution(name: string, kernel: number, stride: number): Convolution {
  const outChannels = 12;
  return {
    name,
    inChannels: CHANNELS,
    outChannels,
    kernel,
    stride,
    weight: noise(`${name}.weight`, [outChannels, CHANNELS, kernel, kernel]).values.map(
      // Channels of very different size: a scale a tensor instead of a channel would show.
      (value, i) => value * 2 ** -(Math.floor(i / (CHANNELS * kernel * kernel)) % 4),
    ),
    bias: noise(`${name}.bias`, [outChannels]).values,
    mean: new Float32Array(outChannels),
    deviation: new Float32Array(outChannels),
  };
}

/** Keeps int8 weights in the graph's own file. */
function inlineStore(builder: GraphBuilder): Int8Store {
  return ({ name, weight, bias, shape, inputScale }) => {
    const floor = biasFloor(bias, inputScale);
    const { bytes, scales } = quantiseRows(weight, bias.length, (channel) =>
      Math.max(SMALLEST_SCALE, floor(channel)),
    );
    const [inputs = 0, outputs = 0, ...window] = shape;
    const turned =
      window.length > 0
        ? bytes
        : bytes.map((_, i) => at(bytes, (i % outputs) * inputs + Math.floor(i / outputs)));
    return { bytes: builder.constant(`${name}.weight`, shape, turned), scales };
  };
}

type Vision = ReturnType<typeof int8Vision>;

/** Runs what follows the pooling; bytes come out as floats, channels first. */
async function run(write: (vision: Vision, stem: string) => string): Promise<Picture> {
  const builder = new GraphBuilder('vision', 'weights');
  builder.input('pixels', 'float32', [1, CHANNELS, SIDE, SIDE]);
  const vision = int8Vision(builder, RANGES, inlineStore(builder));
  const bytes = write(vision, vision.pool('pixels'));
  const floats = builder.node('floats', 'Cast', [bytes], { to: FLOAT });
  builder.output(builder.node('planes', 'Transpose', [floats], { perm: [0, 3, 1, 2] }), 'float32', [
    1,
    'channels',
    'rows',
    'columns',
  ]);
  const pixels = { shape: [1, CHANNELS, SIDE, SIDE], values: Float32Array.from(picture.values) };
  const found = await runGraph(runtime, builder, { inputs: { pixels }, output: 'planes' });
  const [, channels = 0, side = 0] = found.shape;
  return { channels, side, values: found.values };
}

function plainStem(): Picture {
  return mapPicture(plainPool(picture), (value) => clampByte(value / STEM.scale));
}

/** Integer sums, exact in float64; one float32 factor; nearest, ties to even: what the runtime documents. */
function plainBytes(input: Picture, conv: Convolution, code: ActivationCode): Picture {
  const { bytes, scales } = quantiseRows(conv.weight, conv.outChannels);
  const bias = Array.from(conv.bias, (value, c) =>
    Math.round(value / (STEM.scale * at(scales, c))),
  );
  const sums = plainConvolution(input, { ...conv, weight: bytes, bias });
  const cells = sums.side ** 2;
  return mapPicture(sums, (sum, i) => {
    const scale = at(scales, Math.floor(i / cells));
    const factor = Math.fround(Math.fround(STEM.scale * scale) / code.scale);
    return clampByte(Math.fround(Math.fround(sum) * factor) + code.zeroPoint);
  });
}

function clampByte(value: number): number {
  const floor = Math.floor(value);
  const tie = value - floor === 0.5;
  const nearest = tie ? floor + (floor % 2 === 0 ? 0 : 1) : Math.round(value);
  return Math.min(255, Math.max(0, nearest));
}

describe('int8Vision() convolutions', () => {
  it('quantises the pooled stem to 0..127 and puts channels last', async () => {
    const found = await run((_, stem) => stem);
    assert.deepEqual([found.channels, found.side], [CHANNELS, 7]);
    assertNear(found.values, plainStem().values, 0);
    assert.ok(Math.max(...Array.from(found.values)) <= 127);
  });

  for (const [kernel, stride] of [
    [1, 1],
    [1, 2],
    [3, 1],
    [3, 2],
  ] as const) {
    it(`equals integer arithmetic exactly, Relu included: ${kernel}x${kernel}/${stride}`, async () => {
      const conv = convolution('conv', kernel, stride);
      const found = await run((vision, stem) => vision.convolve(stem, conv));
      const code = codeAfterRelu({ low: -2, high: 3 });
      const expected = plainBytes(plainStem(), conv, code);
      assert.deepEqual([found.channels, found.side], [12, stride === 1 ? 7 : 4]);
      assertNear(found.values, expected.values, 0);
      // The case says something: some values are cut off by Relu, many are not.
      const zeros = Array.from(found.values).filter((value) => value === 0).length;
      assert.ok(zeros > 0 && zeros < found.values.length / 2);
    });

    it(`keeps the sign without Relu: ${kernel}x${kernel}/${stride}`, async () => {
      const conv = convolution('shortcut', kernel, stride);
      const found = await run((vision, stem) => vision.project(stem, conv));
      const code = codeSigned({ low: -2.5, high: 2 });
      assertNear(found.values, plainBytes(plainStem(), conv, code).values, 0);
      const negative = Array.from(found.values).filter((value) => value < code.zeroPoint).length;
      assert.ok(negative > 0 && negative < found.values.length);
    });
  }

  it('stays near the float convolution: half a step, and what the operands lost', async () => {
    const conv = convolution('conv', 3, 1);
    const found = await run((vision, stem) => vision.convolve(stem, conv));
    const exact = plainConvolution(
      mapPicture(plainPool(picture), (value) => Math.max(0, value)),
      conv,
    );
    const step = codeAfterRelu({ low: -2, high: 3 }).scale;
    const cells = exact.side ** 2;
    for (let i = 0; i < exact.values.length; i++) {
      const c = Math.floor(i / cells);
      const taps = conv.weight.subarray(c * CHANNELS * 9, (c + 1) * CHANNELS * 9);
      const largest = taps.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
      const lost = taps.reduce((sum, w) => sum + (Math.abs(w) * STEM.scale) / 2 + largest / 254, 0);
      const value = Math.max(0, at(exact.values, i));
      const difference = Math.abs(at(found.values, i) * step - value);
      assert.ok(difference <= step / 2 + lost + STEM.scale * largest, `${i}: ${difference}`);
    }
  });
});

describe('int8Vision() channels without weights', () => {
  it('keeps their bias: it would overflow int32 at the scale of the weights', async () => {
    for (const size of [0, 1e-43, 1e-6]) {
      const conv = convolution('conv', 1, 1);
      conv.weight.fill(size);
      conv.bias.fill(1.5);
      const found = await run((vision, stem) => vision.convolve(stem, conv));
      const { scale } = codeAfterRelu({ low: -2, high: 3 });
      // Half a step, and what eight inputs of at most 1 add.
      const tolerance = scale / 2 + CHANNELS * size + 1e-6;
      for (const value of Array.from(found.values))
        assert.ok(Math.abs(value * scale - 1.5) <= tolerance);
    }
  });
});

describe('int8Vision() sums and tokens', () => {
  it('adds the shortcut, then Relu: within one level of the real sum of the coded summands', async () => {
    const [conv, shortcut] = [convolution('conv', 1, 1), convolution('shortcut', 1, 1)];
    const found = await run((vision, stem) =>
      vision.close('block', stem, { convolution: conv, shortcut: vision.project(stem, shortcut) }),
    );
    const [a, b] = [codeSigned({ low: -2, high: 3 }), codeSigned({ low: -2.5, high: 2 })];
    const left = plainBytes(plainStem(), conv, a);
    const right = plainBytes(plainStem(), shortcut, b);
    const { scale } = codeAfterRelu({ low: 0, high: 4 });
    const expected = Float64Array.from(left.values, (value, i) => {
      const sum = (value - a.zeroPoint) * a.scale + (at(right.values, i) - b.zeroPoint) * b.scale;
      return clampByte(sum / scale);
    });
    // The runtime may order the float32 operations in its own way: a tie may fall to either side.
    assertNear(found.values, expected, 1);
    const exact = expected.filter((value, i) => value === at(found.values, i)).length;
    assert.ok(exact > 0.98 * expected.length, `${exact} of ${expected.length}`);
  });

  it('takes an identity shortcut that is already coded', async () => {
    const conv = { ...convolution('conv', 1, 1), outChannels: CHANNELS };
    const same = { ...conv, weight: conv.weight.subarray(0, 64), bias: conv.bias.subarray(0, 8) };
    const found = await run((vision, stem) =>
      vision.close('block', stem, { convolution: same, shortcut: stem }),
    );
    const code = codeSigned({ low: -2, high: 3 });
    const stem = plainStem();
    const left = plainBytes(stem, same, code);
    const { scale } = codeAfterRelu({ low: 0, high: 4 });
    const expected = Float64Array.from(left.values, (value, i) =>
      clampByte(((value - code.zeroPoint) * code.scale + at(stem.values, i) * STEM.scale) / scale),
    );
    assertNear(found.values, expected, 1);
  });

  it('projects to tokens: rows by cell, integer sums times both scales, plus the bias', async () => {
    const builder = new GraphBuilder('vision', 'weights');
    builder.input('pixels', 'float32', [1, CHANNELS, SIDE, SIDE]);
    const vision = int8Vision(builder, RANGES, inlineStore(builder));
    const [patches, width] = [49, 20];
    const weight = noise('projection', [width, CHANNELS]).values;
    const bias = noise('projection.bias', [width]).values;
    vision.tokens(vision.pool('pixels'), { weight, bias, patches, channels: CHANNELS, width });
    builder.output('image_tokens', 'float32', [patches, width]);
    const pixels = { shape: [1, CHANNELS, SIDE, SIDE], values: Float32Array.from(picture.values) };
    const found = await runGraph(runtime, builder, { inputs: { pixels }, output: 'image_tokens' });
    assert.deepEqual(found.shape, [patches, width]);
    const stem = plainStem();
    const { bytes, scales } = quantiseRows(weight, width);
    const expected = Array.from(found.values, (_, n) => {
      const [cell, o] = [Math.floor(n / width), n % width];
      let sum = 0;
      for (let c = 0; c < CHANNELS; c++) {
        sum += at(stem.values, c * patches + cell) * at(bytes, o * CHANNELS + c);
      }
      return sum * STEM.scale * at(scales, o) + at(bias, o);
    });
    // The sum is exact; two float32 products and a sum of numbers below 4.
    assertNear(found.values, expected, 2e-6);
  });
});

describe('int8Vision() refusals', () => {
  it('refuses a site without a range, and an input that is not quantised', () => {
    const vision = () => {
      const builder = new GraphBuilder('vision', 'weights');
      return int8Vision(builder, RANGES, inlineStore(builder));
    };
    const lost = { ...convolution('conv', 1, 1), name: 'elsewhere' };
    assert.throws(() => vision().convolve('stem', lost), /no activation range for elsewhere/);
    assert.throws(
      () => vision().convolve('pixels', convolution('conv', 1, 1)),
      /pixels is not quantised/,
    );
  });
});
