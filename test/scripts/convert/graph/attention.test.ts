import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  attend,
  attentionInputs,
  closeAttention,
} from '../../../../scripts/convert/graph/attention.ts';
import { feedForward } from '../../../../scripts/convert/graph/feed-forward.ts';
import type { JudgeContext } from '../../../../scripts/convert/graph/judge-context.ts';
import { nodeRuntime } from '../../../lib/node-runtime.ts';
import { noise, smallContext } from './judge-fixture.ts';
import {
  assertNear,
  at,
  linearOf,
  normOf,
  plainAttention,
  plainFeedForward,
  plainSum,
  rowsOf,
} from './plain-arithmetic.ts';
import { runGraph } from './run-graph.ts';

const runtime = await nodeRuntime();
const WIDTH = 12;
const KEY = 'encoder.layers.0.self_attn';
const MID = 'encoder.layers.0.self_attn_mid_layer_norm';
/** float32 through two projections, a softmax and a norm, which magnifies by up to 1 / deviation: values below 10. */
const FLOAT32_TOLERANCE = 5e-5;

describe('attentionInputs(), attend() and closeAttention()', () => {
  for (const [heads, queries, keys, biased] of [
    [1, 1, 1, false],
    [1, 4, 7, true],
    [2, 3, 3, true],
    [3, 5, 2, false],
    [4, 9, 6, true],
  ] as const) {
    it(`compute the published attention: ${heads} heads, ${queries} queries, ${keys} keys${biased ? ', biased' : ''}`, async () => {
      const context = smallContext({ attnScaleFactor: 3 });
      const { builder, weights } = context;
      const dim = WIDTH / heads;
      const inputs = {
        query: noise('query', [queries, WIDTH]),
        memory: noise('memory', [keys, WIDTH]),
        query_position: noise('q', [heads, queries, dim]),
        key_position: noise('k', [heads, dim, keys]),
        bias: noise('bias', [heads, queries, keys]),
        residual: noise('residual', [queries, WIDTH]),
      };
      for (const [name, { shape }] of Object.entries(inputs)) builder.input(name, 'float32', shape);
      const attention = attentionInputs(context, {
        key: KEY,
        heads,
        query: 'query',
        memory: 'memory',
        keyPosition: 'key_position',
      });
      const bias = biased ? 'bias' : null;
      const { mixed } = attend(context, KEY, { ...attention, position: 'query_position', bias });
      const site = { key: KEY, midNorm: MID, mixed, residual: 'residual' };
      const output = closeAttention(context, site);
      builder.output(output, 'float32', [queries, WIDTH]);
      const { shape, values } = await runGraph(runtime, builder, { inputs, output });
      assert.deepEqual(shape, [queries, WIDTH]);

      const attended = plainAttention(weights, {
        key: KEY,
        heads,
        query: rowsOf(inputs.query.values, WIDTH),
        memory: rowsOf(inputs.memory.values, WIDTH),
        scaleFactor: 3,
        bias(head, i, j) {
          let sum = biased ? at(inputs.bias.values, (head * queries + i) * keys + j) : 0;
          for (let d = 0; d < dim; d++) {
            const q = at(inputs.query_position.values, (head * queries + i) * dim + d);
            sum += q * at(inputs.key_position.values, (head * dim + d) * keys + j);
          }
          return sum;
        },
      });
      const out = linearOf(weights, `${KEY}.out_proj`, attended, WIDTH);
      const expected = plainSum(normOf(weights, MID, out), rowsOf(inputs.residual.values, WIDTH));
      assertNear(values, expected.flat(), FLOAT32_TOLERANCE);
    });
  }

  it('give a masked key no share at all', async () => {
    const context = smallContext();
    const { builder } = context;
    const inputs = {
      queries: noise('queries', [1, 2, 3]),
      position: noise('position', [1, 2, 1]),
      keys: noise('keys', [1, 4, 3]),
      values: { shape: [1, 3, 1], values: Float32Array.of(1, 1, 1e30) },
      bias: { shape: [1, 2, 3], values: Float32Array.of(0, 0, -Infinity, 0, -Infinity, -Infinity) },
    };
    for (const [name, { shape }] of Object.entries(inputs)) builder.input(name, 'float32', shape);
    const names = {
      queries: 'queries',
      position: 'position',
      keys: 'keys',
      values: 'values',
      bias: 'bias',
    };
    const { mixed: output } = attend(context, 'masked', names);
    builder.output(output, 'float32', [1, 2, 1]);
    const { values } = await runGraph(runtime, builder, { inputs, output });
    // Shares sum to 1 but for the rounding of two float32 numbers; the masked value would swamp that.
    assertNear(values, [1, 1], 1e-6);
  });
});

describe('feedForward()', () => {
  for (const [rows, inner] of [
    [1, 4],
    [3, 20],
    [7, 33],
  ] as const) {
    it(`computes x + fc2(norm(gelu(fc1(norm(x))))): ${rows} rows, ${inner} inside`, async () => {
      const context = smallContext();
      const { builder, weights } = context;
      const x = noise('x', [rows, WIDTH]);
      builder.input('x', 'float32', ['rows', WIDTH]);
      const key = 'encoder.layers.0';
      const output = feedForward(context, 'x', { key, inner });
      builder.output(output, 'float32', ['rows', WIDTH]);
      const { values } = await runGraph(runtime, builder, { inputs: { x }, output });
      const expected = plainFeedForward(weights, key, [rowsOf(x.values, WIDTH), inner]);
      assertNear(values, expected.flat(), FLOAT32_TOLERANCE);
    });
  }

  it('with FastGelu stays within a step of 8 bits', async () => {
    const context: JudgeContext = { ...smallContext(), gelu: 'FastGelu' };
    const { builder, weights } = context;
    const x = noise('x', [5, WIDTH]);
    builder.input('x', 'float32', ['rows', WIDTH]);
    const key = 'encoder.layers.0';
    const output = feedForward(context, 'x', { key, inner: 20 });
    builder.output(output, 'float32', ['rows', WIDTH]);
    const { values } = await runGraph(runtime, builder, { inputs: { x }, output });
    const expected = plainFeedForward(weights, key, [rowsOf(x.values, WIDTH), 20]).flat();
    const [low, high] = [Math.min(...expected), Math.max(...expected)];
    assertNear(values, expected, (high - low) / 255);
    assert.notDeepEqual([...values], expected);
  });
});
