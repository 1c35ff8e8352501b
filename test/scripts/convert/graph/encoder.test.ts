import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readEncoderPositions } from '../../../../scripts/convert/graph/absolute-bias.ts';
import { authorEncoder } from '../../../../scripts/convert/graph/encoder.ts';
import type { JudgeContext, JudgeShape } from '../../../../scripts/convert/graph/judge-context.ts';
import { nodeRuntime } from '../../../lib/node-runtime.ts';
import { readGraph } from '../../../lib/read-graph.ts';
import { noise, smallContext } from './judge-fixture.ts';
import {
  assertNear,
  linearOf,
  normOf,
  plainAttention,
  plainFeedForward,
  plainSum,
  type Rows,
  rowsOf,
} from './plain-arithmetic.ts';
import { plainAbsoluteBias, plainPositions, plainRelativeBias } from './plain-bias.ts';
import { runGraph } from './run-graph.ts';

const runtime = await nodeRuntime();
/** float32 through two layers and six norms, values below 10. */
const FLOAT32_TOLERANCE = 1e-4;
/** The longest prompt: a row of 64 heads has 1.3 MB of scores, one of 12 heads 0.25 MB, so that blocks are small. */
const LONG: Partial<JudgeShape> = { grid: 5, maxTokens: 1024, maxPositions: 1024 };
/** Overrides, text tokens, fewest blocks of picture rows. */
const CASES: readonly [Partial<JudgeShape>, number, number][] = [
  [{ grid: 2, encoderHeads: 1 }, 1, 1],
  [{ grid: 3, encoderHeads: 2, encoderLayers: 2 }, 9, 1],
  [{ grid: 4, encoderHeads: 4, imageBucketSize: 7 }, 5, 1],
  [{ ...LONG, width: 12, encoderHeads: 12 }, 4, 1],
  [{ ...LONG, width: 24, encoderHeads: 24 }, 2, 1],
  [{ ...LONG, width: 64, encoderHeads: 64 }, 3, 2],
];

async function author(context: JudgeContext, tokens: number) {
  const { builder, shape } = context;
  const count = tokens + shape.grid ** 2;
  const embeddings = noise('embeddings', [count, shape.width]);
  const text = { shape: [tokens, 1], values: new Float32Array(tokens) };
  builder.input('embeddings', 'float32', ['all', shape.width]);
  builder.input('text', 'float32', ['tokens', 1]);
  const output = authorEncoder(context, {
    embeddings: 'embeddings',
    positions: readEncoderPositions(context),
    textCount: builder.node('count', 'Shape', ['text'], { start: 0, end: 1 }),
  });
  builder.output(output, 'float32', ['all', shape.width]);
  const found = await runGraph(runtime, builder, { inputs: { embeddings, text }, output });
  return { embeddings, found };
}

function plainEncoder(context: JudgeContext, embeddings: Rows, tokens: number): number[][] {
  const { weights, shape } = context;
  const positions = plainPositions(context, 'encoder', tokens);
  const absolute = plainAbsoluteBias(context, {
    query: ['encoder.pos_q_linear', positions],
    key: ['encoder.pos_k_linear', positions],
    heads: shape.encoderHeads,
  });
  let x = embeddings;
  for (let layer = 0; layer < shape.encoderLayers; layer++) {
    const name = `encoder.layers.${layer}`;
    const relative = plainRelativeBias(context, layer);
    const normed = normOf(weights, `${name}.self_attn_layer_norm`, x);
    const mixed = plainAttention(weights, {
      key: `${name}.self_attn`,
      heads: shape.encoderHeads,
      query: normed,
      memory: normed,
      scaleFactor: shape.attnScaleFactor,
      bias: (head, i, j) => absolute(head, i, j) + relative(head, i, j),
    });
    const out = linearOf(weights, `${name}.self_attn.out_proj`, mixed, shape.width);
    const attended = plainSum(x, normOf(weights, `${name}.self_attn_mid_layer_norm`, out));
    x = plainFeedForward(weights, name, [attended, shape.encoderFfn]);
  }
  return normOf(weights, 'encoder.layer_norm', x);
}

describe('authorEncoder()', () => {
  for (const [overrides, tokens, blocks] of CASES) {
    const { grid, encoderHeads } = { ...smallContext(overrides).shape };
    it(`computes the published encoder in ${blocks} or more blocks: grid ${grid}, ${encoderHeads} heads, ${tokens} tokens`, async () => {
      const context = smallContext(overrides);
      const { embeddings, found } = await author(context, tokens);
      const { width, encoderLayers } = context.shape;
      assert.deepEqual(found.shape, [tokens + grid * grid, width]);
      const expected = plainEncoder(context, rowsOf(embeddings.values, width), tokens);
      assertNear(found.values, expected.flat(), FLOAT32_TOLERANCE);
      const { nodes } = readGraph(context.builder.encode().graph);
      const softmaxes = nodes.filter(({ operator }) => operator === 'Softmax');
      assert.ok(softmaxes.length >= (blocks + 1) * encoderLayers, `${softmaxes.length} blocks`);
    });
  }
});
