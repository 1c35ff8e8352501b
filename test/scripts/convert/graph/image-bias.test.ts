import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { imageBiasRows, imageBiasStrips } from '../../../../scripts/convert/graph/image-bias.ts';
import { syntheticTensor } from '../../../../scripts/synthetic/synthetic-tensor.ts';
import { nodeRuntime } from '../../../lib/node-runtime.ts';
import { smallContext } from './judge-fixture.ts';
import { at } from './plain-arithmetic.ts';
import { runGraph } from './run-graph.ts';

const runtime = await nodeRuntime();

/** The published table's entry for two cells, as the reference writes it. */
function plainBias(
  { layer, bucket, heads, grid }: { layer: number; bucket: number; heads: number; grid: number },
  head: number,
  [query, key]: readonly [number, number],
): number {
  const [yi, xi] = [Math.floor(query / grid), query % grid];
  const [yj, xj] = [Math.floor(key / grid), key % grid];
  const rows = (2 * bucket - 1) ** 2 + 3;
  const table = syntheticTensor(`encoder.image_rel_pos_table_list.${layer}.weight`, [rows, heads]);
  const row = (yi - yj + bucket - 1) * (2 * bucket - 1) + (xi - xj + bucket - 1);
  return at(table, row * heads + head);
}

describe('imageBiasRows()', () => {
  for (const [grid, imageBucketSize, encoderHeads] of [
    [1, 1, 1],
    [2, 2, 1],
    [2, 5, 2],
    [3, 3, 4],
    [4, 7, 3],
    [5, 5, 2],
  ] as const) {
    it(`gives the published bias exactly: grid ${grid}, bucket ${imageBucketSize}, heads ${encoderHeads}`, async () => {
      for (let from = 0; from < grid; from++) {
        for (let to = from + 1; to <= grid; to++) {
          const context = smallContext({ grid, imageBucketSize, encoderHeads });
          const strips = imageBiasStrips(context, 1);
          const output = imageBiasRows(context, strips, { name: 'bias', from, to });
          const cells = grid * grid;
          context.builder.output(output, 'float32', [encoderHeads, (to - from) * grid, cells]);
          const { shape, values } = await runGraph(runtime, context.builder, { output });
          assert.deepEqual(shape, [encoderHeads, (to - from) * grid, cells]);
          let i = 0;
          for (let head = 0; head < encoderHeads; head++) {
            for (let query = from * grid; query < to * grid; query++) {
              for (let key = 0; key < cells; key++) {
                const site = { layer: 1, bucket: imageBucketSize, heads: encoderHeads, grid };
                assert.equal(values[i++], plainBias(site, head, [query, key]));
              }
            }
          }
        }
      }
    });
  }

  it('writes several blocks and layers side by side, each with its own table', async () => {
    const context = smallContext({ grid: 3, encoderHeads: 1 });
    const blocks = [0, 1].flatMap((layer) => {
      const strips = imageBiasStrips(context, layer);
      return [
        imageBiasRows(context, strips, { name: `a${layer}`, from: 0, to: 2 }),
        imageBiasRows(context, strips, { name: `b${layer}`, from: 2, to: 3 }),
      ];
    });
    const output = context.builder.node('all', 'Concat', blocks, { axis: 1 });
    context.builder.output(output, 'float32', [1, 18, 9]);
    const { values } = await runGraph(runtime, context.builder, { output });
    values.forEach((value, i) => {
      const [row, key] = [Math.floor(i / 9), i % 9];
      const site = { layer: Math.floor(row / 9), bucket: 5, heads: 1, grid: 3 };
      assert.equal(value, plainBias(site, 0, [row % 9, key]));
    });
  });

  it('uses the first table in every layer when they are shared', async () => {
    const context = smallContext({ grid: 2, encoderHeads: 1, shareAttnBias: true });
    const first = imageBiasStrips(context, 0);
    const second = imageBiasStrips(context, 1);
    const blocks = [first, second].map((strips, i) =>
      imageBiasRows(context, strips, { name: `bias${i}`, from: 0, to: 2 }),
    );
    const output = context.builder.node('both', 'Concat', blocks, { axis: 1 });
    context.builder.output(output, 'float32', [1, 8, 4]);
    const { values } = await runGraph(runtime, context.builder, { output });
    assert.deepEqual(values.subarray(16), values.subarray(0, 16));
    const site = { layer: 0, bucket: 5, heads: 1, grid: 2 };
    assert.equal(values[1], plainBias(site, 0, [0, 1]));
  });
});
