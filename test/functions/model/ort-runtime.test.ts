import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeRuntime } from '../../lib/node-runtime.ts';
import { COLUMNS, ramp, smallGraph } from './ort-wasm.ts';

const { graph, weights } = smallGraph(ramp(1), ramp(0));

describe('createOrtRuntime()', () => {
  it('starts with 16 MiB and reports a heap that grows', async () => {
    const runtime = await nodeRuntime();
    assert.equal(runtime.heapBytes(), 16 * 1024 * 1024);
    const tensor = runtime.allocate([8_000_000]);
    assert.ok(runtime.heapBytes() > 32_000_000);
    tensor.release();
  });

  it('loads and runs a graph', async () => {
    const runtime = await nodeRuntime();
    const session = await runtime.createSession(graph, {
      location: 'small.weights',
      bytes: weights,
    });
    const x = runtime.allocate([1, COLUMNS]);
    x.view().fill(2);
    const sum = await session.run({ x }, 'sum');
    assert.deepEqual(
      [...sum.view()],
      ramp(1).map((factor) => 2 * factor + factor - 1),
    );
    for (const owned of [sum, x, session]) owned.release();
  });

  it('starts runtimes that share nothing', async () => {
    const [a, b] = [await nodeRuntime(), await nodeRuntime()];
    const tensor = a.allocate([8_000_000]);
    assert.equal(b.heapBytes(), 16 * 1024 * 1024);
    tensor.release();
  });
});
