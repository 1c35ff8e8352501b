import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JudgeShape } from '../../../../scripts/convert/graph/judge-context.ts';
import { tokenBias } from '../../../../scripts/convert/graph/token-bias.ts';
import { tokenBucket } from '../../../../scripts/convert/graph/token-bucket.ts';
import { syntheticTensor } from '../../../../scripts/synthetic/synthetic-tensor.ts';
import { nodeRuntime } from '../../../lib/node-runtime.ts';
import { counted, countInput, smallContext } from './judge-fixture.ts';
import { at } from './plain-arithmetic.ts';
import { runGraph } from './run-graph.ts';

const runtime = await nodeRuntime();

async function bias(
  { side, layer, heads }: { side: 'encoder' | 'decoder'; layer: number; heads: number },
  tokens: number,
  shape: Partial<JudgeShape> = {},
) {
  const context = smallContext(shape);
  const output = tokenBias(context, { side, layer, heads, count: countInput(context) });
  context.builder.output(output, 'float32', [heads, 'tokens', 'tokens']);
  return runGraph(runtime, context.builder, { inputs: { counted: counted(tokens) }, output });
}

function table(side: string, layer: number, [buckets, heads]: readonly [number, number]) {
  return syntheticTensor(`${side}.token_rel_pos_table_list.${layer}.weight`, [buckets, heads]);
}

describe('tokenBias()', () => {
  for (const heads of [1, 2, 4]) {
    for (const tokens of [1, 2, 5, 9]) {
      it(`gathers the encoder's table by bucket(i - j): ${tokens} tokens, ${heads} heads`, async () => {
        const { shape, values } = await bias({ side: 'encoder', layer: 1, heads }, tokens);
        assert.deepEqual(shape, [heads, tokens, tokens]);
        const rows = table('encoder', 1, [15, heads]);
        values.forEach((value, n) => {
          const [head, i, j] = [
            Math.floor(n / tokens ** 2),
            Math.floor(n / tokens) % tokens,
            n % tokens,
          ];
          assert.equal(value, at(rows, tokenBucket(i - j, 8) * heads + head));
        });
      });

      it(`lets the decoder see no later token: ${tokens} tokens, ${heads} heads`, async () => {
        const { values } = await bias({ side: 'decoder', layer: 0, heads }, tokens);
        const rows = table('decoder', 0, [15, heads]);
        values.forEach((value, n) => {
          const [head, i, j] = [
            Math.floor(n / tokens ** 2),
            Math.floor(n / tokens) % tokens,
            n % tokens,
          ];
          const seen = at(rows, tokenBucket(i - j, 8) * heads + head);
          assert.equal(value, j > i ? Number.NEGATIVE_INFINITY : seen);
        });
      });
    }
  }

  it('reaches the far buckets of a long prompt, and never the mask in the encoder', async () => {
    const tokens = 1024;
    const long = { maxTokens: tokens, maxPositions: tokens };
    const { values } = await bias({ side: 'encoder', layer: 0, heads: 1 }, tokens, long);
    const rows = table('encoder', 0, [15, 1]);
    assert.equal(values[1023], rows[0]);
    assert.equal(values[1023 * tokens], rows[14]);
    assert.equal(values[200 * tokens], rows[14]);
    assert.equal(values[100 * tokens], rows[13]);
    assert.ok(values.every(Number.isFinite));
  });

  it('uses the first table in every layer when they are shared', async () => {
    const site = { side: 'encoder', heads: 2 } as const;
    const shared = await bias({ ...site, layer: 1 }, 4, { shareAttnBias: true });
    assert.deepEqual(shared.values, (await bias({ ...site, layer: 0 }, 4)).values);
    const own = await bias({ ...site, layer: 1 }, 4);
    assert.notDeepEqual(shared.values, own.values);
  });
});
