import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { GraphBuilder } from '../../../../scripts/convert/graph/graph-builder.ts';
import {
  floatLinear,
  int8Linear,
  int8Transposed,
  type LinearArithmetic,
  mixedLinear,
} from '../../../../scripts/convert/graph/linear.ts';
import { transpose } from '../../../../scripts/convert/graph/transpose.ts';
import { nodeRuntime } from '../../../lib/node-runtime.ts';
import { noise } from './judge-fixture.ts';
import { assertNear, at, plainLinear, rowsOf } from './plain-arithmetic.ts';
import { type Numbers, runGraph } from './run-graph.ts';

const runtime = await nodeRuntime();
/** float32 sums of up to 65 products below 3. */
const FLOAT32_TOLERANCE = 2e-5;
/** `[rows, inputs, outputs]`; sides that are no multiple of a vector among them. */
const SHAPES = [
  [1, 1, 1],
  [1, 7, 3],
  [5, 16, 40],
  [9, 65, 33],
] as const;

function layer(outputs: number, inputs: number) {
  const weight = noise('weight', [outputs, inputs]).values;
  // Outputs of very different size: a scale per tensor instead of per output would show.
  const sized = weight.map((value, i) => value * 4 ** -(Math.floor(i / inputs) % 5));
  return { weight: sized, bias: noise('bias', [outputs]).values };
}

async function run(
  author: (builder: GraphBuilder) => LinearArithmetic,
  x: Numbers,
  content: ReturnType<typeof layer>,
): Promise<Numbers> {
  const builder = new GraphBuilder('linear', 'weights');
  const input = builder.input('x', 'float32', ['rows', x.shape[1] ?? 0]);
  const output = author(builder)(input, {
    key: 'layer',
    name: 'layer',
    inputs: x.shape[1] ?? 0,
    outputs: content.bias.length,
    weight: () => content.weight,
    bias: () => content.bias,
  });
  builder.output(output, 'float32', ['rows', content.bias.length]);
  return runGraph(runtime, builder, { inputs: { x }, output });
}

describe('floatLinear()', () => {
  for (const [rows, inputs, outputs] of SHAPES) {
    it(`computes W x + b, ${rows} x ${inputs} -> ${outputs}`, async () => {
      const x = noise('x', [rows, inputs]);
      const content = layer(outputs, inputs);
      const { shape, values } = await run(floatLinear, x, content);
      assert.deepEqual(shape, [rows, outputs]);
      const expected = plainLinear(rowsOf(x.values, inputs), content.weight, content.bias);
      assertNear(values, expected.flat(), FLOAT32_TOLERANCE);
    });
  }
});

describe('int8Linear()', () => {
  for (const [rows, inputs, outputs] of SHAPES) {
    it(`stays within the steps of both operands, ${rows} x ${inputs} -> ${outputs}`, async () => {
      const x = noise('x', [rows, inputs]);
      const content = layer(outputs, inputs);
      const { shape, values } = await run(int8Linear, x, content);
      assert.deepEqual(shape, [rows, outputs]);
      const exact = plainLinear(rowsOf(x.values, inputs), content.weight, content.bias);
      // One scale for all of x: 255 steps from its smallest to its largest value, 0 included. A value is off by half
      // a step, and by another half where the rounded zero point clips it.
      const stepX = (Math.max(0, ...x.values) - Math.min(0, ...x.values)) / 255;
      exact.flat().forEach((value, i) => {
        const [row, output] = [Math.floor(i / outputs), i % outputs];
        const w = content.weight.subarray(output * inputs, (output + 1) * inputs);
        const stepW = w.reduce((max, number) => Math.max(max, Math.abs(number)), 0) / 127;
        const bound = w.reduce((sum, number, k) => {
          const seen = Math.abs(at(x.values, row * inputs + k));
          return sum + (seen + stepX) * (stepW / 2) + Math.abs(number) * stepX;
        }, FLOAT32_TOLERANCE);
        const difference = Math.abs(at(values, i) - value);
        assert.ok(difference <= bound, `${at(values, i)}, exact ${value}: at most ${bound} off`);
      });
    });
  }

  it('takes a layer of zeros, and an input of zeros', async () => {
    const zeros = {
      name: 'layer',
      weight: new Float32Array(20 * 18),
      bias: noise('b', [20]).values,
    };
    const found = await run(int8Linear, noise('x', [2, 18]), zeros);
    assert.deepEqual([...found.values], [...zeros.bias, ...zeros.bias]);
    const content = layer(20, 18);
    const blank = { shape: [2, 18], values: new Float32Array(36) };
    const answered = await run(int8Linear, blank, content);
    assert.deepEqual([...answered.values], [...content.bias, ...content.bias]);
  });
});

describe('mixedLinear()', () => {
  it('keeps the layers named, exactly as fp32 has them, and no other', async () => {
    const x = noise('x', [2, 18]);
    const content = layer(20, 18);
    const mixed = (kept: string) => (builder: GraphBuilder) =>
      mixedLinear(builder, (key) => key === kept);
    assert.deepEqual(await run(mixed('layer'), x, content), await run(floatLinear, x, content));
    assert.deepEqual(await run(mixed('other'), x, content), await run(int8Linear, x, content));
  });
});

describe('int8Transposed()', () => {
  it('quantises by output, then turns: bytes [inputs, outputs]', () => {
    const { bytes, scales } = int8Transposed(Float32Array.of(127, 0, -127, 254, 2, 4), 2);
    assert.deepEqual([...scales], [1, 2]);
    assert.deepEqual([...bytes], [127, 127, 0, 1, -127, 2]);
  });
});

describe('transpose()', () => {
  it('puts row r, column c at row c, column r; twice is the same again', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (rows, columns) => {
          const matrix = Float32Array.from({ length: rows * columns }, (_, i) => i);
          const turned = transpose(matrix, rows, columns);
          for (let r = 0; r < rows; r++) {
            for (let c = 0; c < columns; c++) {
              assert.equal(turned[c * rows + r], r * columns + c);
            }
          }
          assert.deepEqual(transpose(turned, columns, rows), matrix);
        },
      ),
    );
  });
});
