import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import onnxProto from 'onnx-proto';
import { GraphBuilder } from '../../../../scripts/convert/graph/graph-builder.ts';
import { nodeRuntime } from '../../../lib/node-runtime.ts';
import { readGraph } from '../../../lib/read-graph.ts';
import { runGraph } from './run-graph.ts';

const builder = () => new GraphBuilder('test', 'weights');

function externalData(bytes: Uint8Array): Map<string, Record<string, string>> {
  const { graph } = onnxProto.onnx.ModelProto.decode(bytes);
  return new Map(
    (graph?.initializer ?? []).map(({ name, externalData: entries }) => [
      name ?? '',
      Object.fromEntries((entries ?? []).map(({ key, value }) => [key ?? '', value ?? ''])),
    ]),
  );
}

describe('GraphBuilder.constant()', () => {
  it('keeps up to 16 numbers inside the graph, little-endian', () => {
    const b = builder();
    b.constant(
      'sixteen',
      [4, 4],
      Float32Array.from({ length: 16 }, (_, i) => i),
    );
    b.constant('scalar', [], Int32Array.of(-2));
    const { graph, weights } = b.encode();
    const { constants } = readGraph(graph);
    assert.equal(weights.byteLength, 0);
    const sixteen = constants.get('sixteen');
    assert.deepEqual(sixteen?.shape, [4, 4]);
    assert.deepEqual([...sixteen.bytes.subarray(4, 8)], [0, 0, 128, 63]);
    assert.deepEqual(constants.get('scalar')?.shape, []);
    assert.deepEqual([...(constants.get('scalar')?.bytes ?? [])], [254, 255, 255, 255]);
  });

  it('puts longer ones outside, each at the next multiple of 16 bytes', () => {
    const b = builder();
    const bytes = (length: number, value: number) => new Int8Array(length).fill(value);
    b.constant('a', [17], bytes(17, 1));
    b.constant('b', [32], bytes(32, 2));
    b.constant('c', [33], bytes(33, 3));
    const { graph, weights } = b.encode();
    const external = externalData(graph);
    const entry = (offset: string, length: string) => ({ location: 'weights', offset, length });
    assert.deepEqual(external.get('a'), entry('0', '17'));
    assert.deepEqual(external.get('b'), entry('32', '32'));
    assert.deepEqual(external.get('c'), entry('64', '33'));
    assert.equal(weights.byteLength, 97);
    const expected = [...bytes(17, 1), ...bytes(15, 0), ...bytes(32, 2), ...bytes(33, 3)];
    assert.deepEqual([...weights], expected);
  });

  it('names the element type of each kind of array', () => {
    const b = builder();
    b.constant('float32', [1], Float32Array.of(1));
    b.constant('uint8', [1], Uint8Array.of(1));
    b.constant('int8', [1], Int8Array.of(1));
    b.constant('int32', [1], Int32Array.of(1));
    b.constant('int64', [1], BigInt64Array.of(1n));
    const { constants } = readGraph(b.encode().graph);
    const { FLOAT, UINT8, INT8, INT32, INT64 } = onnxProto.onnx.TensorProto.DataType;
    const types = { float32: FLOAT, uint8: UINT8, int8: INT8, int32: INT32, int64: INT64 };
    for (const [name, type] of Object.entries(types)) {
      assert.equal(constants.get(name)?.type, type, name);
    }
  });

  it('takes a part of a larger array', () => {
    const b = builder();
    b.constant('part', [2], Float32Array.of(1, 2, 3, 4).subarray(1, 3));
    const { bytes } = readGraph(b.encode().graph).constants.get('part') ?? { bytes: null };
    assert.deepEqual(bytes && [...new Float32Array(bytes.slice().buffer)], [2, 3]);
  });

  it('refuses numbers that do not fill the shape, and a name that is taken', () => {
    const b = builder();
    const short = { name: 'RangeError', message: /constant a: 5 numbers for shape \[2, 3\]/ };
    assert.throws(() => b.constant('a', [2, 3], new Float32Array(5)), short);
    b.constant('b', [1], Float32Array.of(1));
    const taken = { name: 'RangeError', message: /two values named b/ };
    assert.throws(() => b.constant('b', [1], Float32Array.of(1)), taken);
    assert.throws(() => b.node('b', 'Relu', ['b']), taken);
    assert.throws(() => b.input('b', 'float32', [1]), taken);
  });
});

describe('GraphBuilder.shared() and once()', () => {
  it('make a thing when first asked for, and only then', () => {
    const b = builder();
    let made = 0;
    const data = () => Float32Array.of(++made);
    assert.equal(b.shared('one', [1], data), 'one');
    assert.equal(b.shared('one', [1], data), 'one');
    const write = () => b.node('two', 'Relu', [b.shared('one', [1], data)]);
    assert.equal(b.once('two', write), 'two');
    assert.equal(b.once('two', write), 'two');
    assert.equal(made, 1);
    assert.equal(readGraph(b.encode().graph).nodes.length, 1);
  });
});

describe('GraphBuilder.node()', () => {
  it('writes attributes as whole numbers, lists, text and floats', () => {
    const b = builder();
    b.node('n', 'Any', ['x', ''], {
      axis: -1,
      list: [0, -2, 3],
      word: 'Relu',
      epsilon: { float: 0.5 },
    });
    const [node] = readGraph(b.encode().graph).nodes;
    assert.deepEqual(node?.inputs, ['x', '']);
    const expected = { axis: -1, list: [0, -2, 3], word: 'Relu', epsilon: 0.5 };
    assert.deepEqual(node?.attributes, expected);
  });

  it("uses onnxruntime's domain for its own operators only", () => {
    const b = builder();
    for (const name of ['QLinearConv', 'QLinearAdd', 'DynamicQuantizeMatMul', 'FusedConv']) {
      b.node(`own.${name}`, name, []);
    }
    for (const name of ['Conv', 'MatMul', 'Softmax']) b.node(`standard.${name}`, name, []);
    for (const { name, domain } of readGraph(b.encode().graph).nodes) {
      assert.equal(domain, name.startsWith('own.') ? 'com.microsoft' : '', name);
    }
  });
});

describe('GraphBuilder.encode()', () => {
  it('writes what the runtime reads: constants inside and outside, an optional input left out', async () => {
    const b = builder();
    const x = b.input('x', 'float32', ['rows', 20]);
    const shift = b.constant(
      'shift',
      [20],
      Float32Array.from({ length: 20 }, (_, i) => i),
    );
    const sum = b.node('sum', 'Add', [x, shift]);
    const limit = b.constant('limit', [], Float32Array.of(10));
    b.output(b.node('clipped', 'Clip', [sum, '', limit]), 'float32', ['rows', 20]);
    const inputs = { x: { shape: [2, 20], values: new Float32Array(40).fill(-5) } };
    const { shape, values } = await runGraph(await nodeRuntime(), b, { inputs, output: 'clipped' });
    assert.deepEqual(shape, [2, 20]);
    assert.deepEqual(
      [...values],
      Array.from({ length: 40 }, (_, i) => Math.min(10, (i % 20) - 5)),
    );
  });

  it('writes the same bytes again', () => {
    const write = () => {
      const b = builder();
      b.input('x', 'float32', [1]);
      b.constant('c', [20], new Float32Array(20).fill(3));
      b.node('y', 'Add', ['x', 'c'], { axis: 1 });
      return b.encode();
    };
    assert.deepEqual(write(), write());
  });
});
