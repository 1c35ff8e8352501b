import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  absoluteBiasFactor,
  readDecoderPositions,
  readEncoderPositions,
} from '../../../../scripts/convert/graph/absolute-bias.ts';
import { nodeRuntime } from '../../../lib/node-runtime.ts';
import { counted, countInput, smallContext } from './judge-fixture.ts';
import { assertNear } from './plain-arithmetic.ts';
import { plainAbsoluteBias, plainPositions } from './plain-bias.ts';
import { runGraph } from './run-graph.ts';

const runtime = await nodeRuntime();
/** float32 products of 12 numbers at most, each below 5. */
const FLOAT32_TOLERANCE = 1e-5;

for (const side of ['encoder', 'decoder'] as const) {
  describe(`absoluteBiasFactor() ${side}`, () => {
    const prefix = side === 'encoder' ? 'encoder.pos_' : 'decoder.self_pos_';
    for (const [grid, imageBucketSize, heads, tokens] of [
      [2, 2, 1, 1],
      [2, 5, 2, 3],
      [3, 4, 3, 9],
      [5, 5, 4, 6],
    ] as const) {
      it(`multiplies to the published bias: grid ${grid}, ${heads} heads, ${tokens} tokens`, async () => {
        const context = smallContext({ grid, imageBucketSize });
        const { builder } = context;
        const textCount = countInput(context);
        const positions =
          side === 'encoder' ? readEncoderPositions(context) : readDecoderPositions(context);
        const factor = (role: 'query' | 'key') =>
          absoluteBiasFactor(context, positions, {
            key: `${prefix}${role === 'query' ? 'q' : 'k'}_linear`,
            role,
            heads,
            textCount,
          });
        builder.node('bias', 'MatMul', [factor('query'), factor('key')]);
        builder.output('bias', 'float32', [heads, 'queries', 'keys']);
        const inputs = { counted: counted(tokens) };
        const { shape, values } = await runGraph(runtime, builder, { inputs, output: 'bias' });
        const rows = plainPositions(context, side, tokens);
        const count = tokens + (side === 'encoder' ? grid * grid : 0);
        assert.equal(rows.length, count);
        assert.deepEqual(shape, [heads, count, count]);
        const bias = plainAbsoluteBias(context, {
          query: [`${prefix}q_linear`, rows],
          key: [`${prefix}k_linear`, rows],
          heads,
        });
        const expected = Array.from(values, (_, n) =>
          bias(Math.floor(n / count ** 2), Math.floor(n / count) % count, n % count),
        );
        assertNear(values, expected, FLOAT32_TOLERANCE);
      });
    }
  });
}
