import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { authorModel } from '../../../../scripts/convert/author-model.ts';
import { batchNormRanges } from '../../../../scripts/convert/quantise/batch-norm-ranges.ts';
import { countOperators, readGraph } from '../../../lib/read-graph.ts';
import { syntheticSource } from '../../../lib/synthetic-source.ts';

const micro = syntheticSource('micro');
const ranges = batchNormRanges(micro.config.resnetBlocks, micro.weights);
const int8 = readGraph(authorModel(micro, { dtype: 'int8', ranges }).files['judge.onnx']);
const fp32 = readGraph(authorModel(micro, { dtype: 'fp32' }).files['judge.onnx']);

/** Encoder rows go through a layer in two parts here, picture and text. */
const PARTS = 2;
/** Two encoder layers of q, k, v and, for each part, out, fc1, fc2; two decoder layers of 10. */
const LINEAR_LAYERS = 2 * (3 + PARTS * 3) + 2 * 10;

describe('authorJudge() int8', () => {
  it('writes every linear layer as one DynamicQuantizeMatMul with scales per column and no zero point', () => {
    const layers = int8.nodes.filter(({ operator }) => operator === 'DynamicQuantizeMatMul');
    assert.equal(layers.length, LINEAR_LAYERS);
    for (const { name, domain, inputs } of layers) {
      const [, weight = '', scale = '', zeroPoint, bias = ''] = inputs;
      assert.equal(domain, 'com.microsoft');
      assert.equal(int8.constants.get(weight)?.type, 3, name);
      assert.deepEqual(int8.constants.get(scale)?.shape, int8.constants.get(bias)?.shape, name);
      assert.equal(zeroPoint, '', name);
    }
  });

  it('has no operator that unpacks weights at every run', () => {
    const counts = countOperators(int8.nodes);
    for (const operator of ['DequantizeLinear', 'MatMulNBits', 'MatMulInteger', 'QuantizeLinear']) {
      assert.equal(counts[operator], undefined, operator);
    }
  });

  it('writes each norm and each softmax as one operator', () => {
    const counts = countOperators(int8.nodes);
    // Encoder: one and, for each part, 3 a layer, and 3 more; decoder: 6 a layer and 2 more (embedding, final).
    assert.equal(counts.LayerNormalization, 2 * (1 + PARTS * 3) + 3 + 2 * 6 + 2);
    // The mean of where the layers looked.
    assert.equal(counts.ReduceMean, 1);
    for (const operator of ['Sqrt', 'Exp', 'Erf']) {
      assert.equal(counts[operator], undefined, operator);
    }
  });

  it('gathers a relative bias inside its layer: no plane is used by two layers', () => {
    const planes = int8.nodes.filter(({ name }) => /image_bias|token_bias/.test(name));
    assert.ok(planes.length > 0);
    for (const plane of planes) {
      const side = /^(encoder|decoder)(\.layers)?\.\d+/;
      const layer = (name: string) => side.exec(name)?.[0].replace('.layers', '');
      const users = int8.nodes.filter(({ inputs }) => inputs.includes(plane.name));
      for (const user of users)
        assert.equal(layer(user.name), layer(plane.name), `${user.name} uses ${plane.name}`);
    }
  });

  it('reads three rows of the vocabulary only', () => {
    assert.deepEqual(int8.constants.get('answers')?.shape, [micro.config.width, 3]);
  });
});

describe('authorJudge() fp32', () => {
  it('differs from int8 in the linear layers and the kind of Gelu alone', () => {
    const others = (nodes: typeof fp32.nodes) =>
      nodes
        .filter(({ operator }) => operator !== 'Gemm' && operator !== 'DynamicQuantizeMatMul')
        .map(({ name, operator }) => `${operator.replace('FastGelu', 'Gelu')} ${name}`);
    assert.equal(countOperators(fp32.nodes).Gemm, LINEAR_LAYERS);
    assert.equal(countOperators(fp32.nodes).FastGelu, undefined);
    assert.equal(countOperators(int8.nodes).Gelu, undefined);
    assert.deepEqual(others(fp32.nodes), others(int8.nodes));
  });
});
