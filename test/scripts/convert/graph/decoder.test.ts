import assert from 'node:assert/strict';
import { it } from 'node:test';
import { authorJudge } from '../../../../scripts/convert/graph/judge-graph.ts';
import { nodeRuntime } from '../../../lib/node-runtime.ts';
import { noise, smallContext } from './judge-fixture.ts';
import { assertNear, at } from './plain-arithmetic.ts';
import { runGraph } from './run-graph.ts';

const runtime = await nodeRuntime();
const LAYERS = 2;
const HEADS = 3;
const CELLS = 9;
const WORDS = 4;
const TOKENS = 3;
/** float32 means of at most six shares. */
const FLOAT32_TOLERANCE = 1e-6;

async function run(output: string): Promise<Float32Array> {
  const context = smallContext({ decoderLayers: LAYERS, decoderHeads: HEADS });
  authorJudge(context);
  if (output !== 'attention') {
    context.builder.output(output, 'float32', [HEADS, TOKENS, CELLS + WORDS]);
  }
  const { width } = context.shape;
  const inputs = {
    image_tokens: noise('image', [CELLS, width]),
    text: noise('text', [WORDS, width]),
    decoder_text: noise('decoder', [TOKENS, width]),
  };
  return (await runGraph(runtime, context.builder, { inputs, output })).values;
}

it("authorDecoder() gives the last token's cross-attention to the cells: the mean over layers and heads", async () => {
  const layers: Float32Array[] = [];
  for (let layer = 0; layer < LAYERS; layer++) {
    layers.push(await run(`decoder.layers.${layer}.cross_attn.shares`));
  }
  const keys = CELLS + WORDS;
  const expected = Array.from({ length: CELLS }, (_, cell) => {
    let sum = 0;
    for (const shares of layers) {
      for (let head = 0; head < HEADS; head++) {
        sum += at(shares, (head * TOKENS + TOKENS - 1) * keys + cell);
      }
    }
    return sum / (LAYERS * HEADS);
  });
  const attention = await run('attention');
  assert.deepEqual([attention.length, new Set(attention).size], [CELLS, CELLS]);
  assertNear(attention, Float32Array.from(expected), FLOAT32_TOLERANCE);
});
