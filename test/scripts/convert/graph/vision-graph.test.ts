import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { authorModel } from '../../../../scripts/convert/author-model.ts';
import { patchGrid } from '../../../../scripts/convert/graph/vision-graph.ts';
import { batchNormRanges } from '../../../../scripts/convert/quantise/batch-norm-ranges.ts';
import { countOperators, readGraph } from '../../../lib/read-graph.ts';
import { syntheticSource } from '../../../lib/synthetic-source.ts';

const INT8 = 3;
const UINT8 = 2;
const INT32 = 6;

const micro = syntheticSource('micro');

function int8Graph(resnetBlocks: readonly [number, number, number]) {
  const source = { ...micro, config: { ...micro.config, resnetBlocks } };
  const ranges = batchNormRanges(resnetBlocks, source.weights);
  return readGraph(authorModel(source, { dtype: 'int8', ranges }).files['vision.onnx']);
}

describe('authorVision() int8', () => {
  const { nodes, constants } = int8Graph([3, 4, 6]);

  it('writes the final form node by node: nothing is left for an optimiser', () => {
    assert.deepEqual(countOperators(nodes), {
      FusedConv: 1,
      MaxPool: 1,
      QuantizeLinear: 1,
      Transpose: 1,
      QLinearConv: 42,
      QLinearAdd: 13,
      Reshape: 1,
      MatMulIntegerToFloat: 1,
    });
    const bottleneck = ['QLinearConv', 'QLinearConv', 'QLinearConv', 'QLinearAdd'];
    assert.deepEqual(
      nodes.slice(0, 13).map(({ operator }) => operator),
      [
        'FusedConv',
        'MaxPool',
        'QuantizeLinear',
        'Transpose',
        'QLinearConv',
        ...bottleneck,
        ...bottleneck,
      ],
    );
  });

  it('writes every convolution but the stem channels-last, in the runtime domain', () => {
    for (const node of nodes.filter(({ operator }) => operator === 'QLinearConv')) {
      assert.equal(node.domain, 'com.microsoft', node.name);
      assert.equal(node.attributes.channels_last, 1, node.name);
    }
  });

  it('quantises weights to int8 per output channel with an int32 bias', () => {
    for (const { operator, name, inputs } of nodes) {
      if (operator !== 'QLinearConv') continue;
      const [weight, scale, zeroPoint, bias] = [3, 4, 5, 8].map((i) =>
        constants.get(inputs[i] ?? ''),
      );
      const channels = weight?.shape[0];
      assert.equal(weight?.type, INT8, name);
      assert.deepEqual(scale?.shape, [channels], name);
      assert.deepEqual([...(zeroPoint?.bytes ?? [])], [0], name);
      assert.equal(bias?.type, INT32, name);
      assert.deepEqual(bias?.shape, [channels], name);
    }
  });

  it('multiplies unsigned activations of zero point 0 only', () => {
    for (const { operator, name, inputs } of nodes) {
      if (operator !== 'QLinearConv') continue;
      const zeroPoint = constants.get(inputs[2] ?? '');
      assert.equal(zeroPoint?.type, UINT8, name);
      assert.deepEqual([...zeroPoint.bytes], [0], name);
    }
  });

  it('keeps every long constant outside the graph', () => {
    for (const [name, { shape, external }] of constants) {
      const length = shape.reduce((product, side) => product * side, 1);
      assert.equal(external, length > 16, name);
    }
  });

  for (const [blocks, convolutions] of [
    [[2, 2, 2], 21],
    [[3, 4, 23], 93],
    [[3, 8, 36], 144],
  ] as const) {
    it(`writes a backbone of ${blocks.join(', ')} bottlenecks`, () => {
      const counts = countOperators(int8Graph(blocks).nodes);
      assert.equal(counts.QLinearConv, convolutions);
      assert.equal(counts.QLinearAdd, blocks[0] + blocks[1] + blocks[2]);
    });
  }
});

describe('authorVision() fp32', () => {
  it('fuses every Relu and every shortcut into a convolution', () => {
    const { nodes } = readGraph(authorModel(micro, { dtype: 'fp32' }).files['vision.onnx']);
    assert.deepEqual(countOperators(nodes), {
      FusedConv: 19,
      MaxPool: 1,
      Conv: 3,
      Reshape: 1,
      Transpose: 1,
      Gemm: 1,
    });
    const withShortcut = nodes.filter(({ inputs }) => inputs.length === 4);
    assert.deepEqual(
      withShortcut.map(({ name }) => name),
      [1, 2, 3].flatMap((stage) => [`layer${stage}.0.conv3`, `layer${stage}.1.conv3`]),
    );
  });
});

describe('patchGrid()', () => {
  it('halves four times, rounding up', () => {
    assert.equal(patchGrid(480), 30);
    assert.equal(patchGrid(96), 6);
    assert.equal(patchGrid(100), 7);
  });
});
