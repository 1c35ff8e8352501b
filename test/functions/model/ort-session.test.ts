import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OrtModule } from '../../../functions/model/ort-module.ts';
import { createOrtSession } from '../../../functions/model/ort-session.ts';
import { allocateTensor } from '../../../functions/model/ort-tensor.ts';
import { GraphBuilder } from '../../../scripts/convert/graph/graph-builder.ts';
import { COLUMNS, ortModule, ramp, smallGraph } from './ort-wasm.ts';

const module = await ortModule();
const dead = { name: 'EntailError', code: 'runtime_dead' };
const { graph, weights } = smallGraph(ramp(1), ramp(100));
const mounted = { location: 'small.weights', bytes: weights };

/** `[count, COLUMNS]` of 0, 1, 2, ... */
function rows(count: number) {
  const tensor = allocateTensor(module, [count, COLUMNS]);
  tensor.view().forEach((_, i, values) => {
    values[i] = i;
  });
  return tensor;
}

function expected(rows: number): number[] {
  return Array.from({ length: rows * COLUMNS }, (_, i) => {
    const column = i % COLUMNS;
    return i * (1 + column) + 100 + column;
  });
}

describe('createOrtSession()', () => {
  it('runs a graph on its external weights, any number of rows', async () => {
    const session = await createOrtSession(module, graph, mounted);
    for (const count of [1, 3, 50]) {
      const x = rows(count);
      const sum = await session.run({ x }, 'sum');
      assert.deepEqual(sum.shape, [count, COLUMNS]);
      assert.deepEqual([...sum.view()], expected(count));
      sum.release();
      x.release();
    }
    session.release();
  });

  it('copies the weights: what happens to the bytes afterwards does not matter', async () => {
    const bytes = weights.slice();
    const session = await createOrtSession(module, graph, { location: 'small.weights', bytes });
    bytes.fill(0);
    const x = rows(2);
    const sum = await session.run({ x }, 'sum');
    assert.deepEqual([...sum.view()], expected(2));
    for (const owned of [sum, x, session]) owned.release();
  });

  it('takes the output of one run as the input of the next, of another session too', async () => {
    const [first, second] = [
      await createOrtSession(module, graph, mounted),
      await createOrtSession(module, graph, mounted),
    ];
    const x = rows(2);
    const once = await first.run({ x }, 'sum');
    first.release();
    const twice = await second.run({ x: once }, 'sum');
    const again = expected(2).map((value, i) => value * (1 + (i % COLUMNS)) + 100 + (i % COLUMNS));
    assert.deepEqual([...twice.view()], again);
    for (const owned of [once, twice, x, second]) owned.release();
  });

  it('refuses what is no graph, and weights that are missing or too short', async () => {
    const refuse = (bytes: Uint8Array, external: { location: string; bytes: Uint8Array }) =>
      assert.rejects(createOrtSession(module, bytes, external), dead);
    await refuse(Uint8Array.of(1, 2, 3), mounted);
    await refuse(graph.subarray(0, graph.length - 40), mounted);
    await refuse(graph, { ...mounted, location: 'others.weights' });
    await refuse(graph, { ...mounted, bytes: weights.subarray(0, weights.length - 4) });
  });

  it('names the runtime’s reason when a graph is refused', async () => {
    await assert.rejects(createOrtSession(module, Uint8Array.of(1, 2, 3), mounted), {
      message: /^the runtime cannot load a graph: .*protobuf/i,
    });
  });

  it('does not leave weights mounted for the next graph', async () => {
    (await createOrtSession(module, graph, mounted)).release();
    const elsewhere = { location: 'others.weights', bytes: weights };
    await assert.rejects(createOrtSession(module, graph, elsewhere), dead);
  });

  it('gives all memory back: 40 large loads and 40 failed ones leave the heap as after one', async () => {
    const large = new GraphBuilder('large', 'large.weights');
    large.constant('values', [1_000_000], new Float32Array(1_000_000));
    const start = large.constant('from', [1], BigInt64Array.of(0n));
    const end = large.constant('to', [1], BigInt64Array.of(4n));
    large.node('cut', 'Slice', ['values', start, end]);
    large.output('cut', 'float32', [4]);
    const encoded = large.encode();
    const load = (bytes: Uint8Array) =>
      createOrtSession(module, encoded.graph, { location: 'large.weights', bytes });
    const [kept] = [await load(encoded.weights)];
    kept?.release();
    await assert.rejects(load(encoded.weights.subarray(1)), dead);
    const heap = module.HEAPU8.byteLength;
    for (let i = 0; i < 40; i++) {
      (await load(encoded.weights)).release();
      await assert.rejects(load(encoded.weights.subarray(1)), dead);
    }
    assert.equal(module.HEAPU8.byteLength, heap);
  });
});

/** The runtime, and how many of its blocks the driver holds. */
function countingModule(): { counting: OrtModule; blocks: Set<number> } {
  const blocks = new Set<number>();
  const counting: OrtModule = {
    ...module,
    get HEAPU8() {
      return module.HEAPU8;
    },
    _malloc(bytes) {
      const pointer = module._malloc(bytes);
      blocks.add(pointer);
      return pointer;
    },
    _free(pointer) {
      assert.ok(blocks.delete(pointer), `${pointer} was not allocated, or is free`);
      module._free(pointer);
    },
  };
  return { counting, blocks };
}

describe('OrtSession.release()', () => {
  it('frees every block that loading and running allocated, once', async () => {
    const { counting, blocks } = countingModule();
    const session = await createOrtSession(counting, graph, mounted);
    assert.equal(blocks.size, 0);
    const x = rows(2);
    for (let i = 0; i < 3; i++) (await session.run({ x }, 'sum')).release();
    session.release();
    assert.equal(blocks.size, 0);
    await assert.rejects(createOrtSession(counting, Uint8Array.of(1), mounted), dead);
    assert.equal(blocks.size, 0);
    x.release();
  });
});

describe('OrtSession.run()', () => {
  it('refuses unknown and missing inputs, unknown outputs and other shapes, then answers again', async () => {
    const session = await createOrtSession(module, graph, mounted);
    const x = rows(1);
    const narrow = allocateTensor(module, [1, COLUMNS - 1]);
    const stack = module.stackSave();
    await assert.rejects(session.run({ z: x }, 'sum'), dead);
    await assert.rejects(session.run({}, 'sum'), dead);
    await assert.rejects(session.run({ x }, 'product of nothing'), dead);
    await assert.rejects(session.run({ x: narrow }, 'sum'), dead);
    const sum = await session.run({ x }, 'sum');
    assert.deepEqual([...sum.view()], expected(1));
    assert.equal(module.stackSave(), stack);
    for (const owned of [sum, x, narrow, session]) owned.release();
  });

  it('refuses an output that is not float32', async () => {
    const builder = new GraphBuilder('shape', 'none');
    builder.node('shape', 'Shape', [builder.input('x', 'float32', ['rows', COLUMNS])]);
    builder.output('shape', 'int64', [2]);
    const encoded = builder.encode();
    const session = await createOrtSession(module, encoded.graph, {
      location: 'none',
      bytes: encoded.weights,
    });
    const x = rows(1);
    await assert.rejects(session.run({ x }, 'shape'), dead);
    for (const owned of [x, session]) owned.release();
  });

  it('gives the same bits every time', async () => {
    const session = await createOrtSession(module, graph, mounted);
    const x = rows(3);
    const runs: string[] = [];
    for (let i = 0; i < 3; i++) {
      const sum = await session.run({ x }, 'sum');
      runs.push(sum.view().join());
      sum.release();
    }
    assert.equal(new Set(runs).size, 1);
    for (const owned of [x, session]) owned.release();
  });
});
