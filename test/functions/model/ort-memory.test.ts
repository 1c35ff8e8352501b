import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOrtModule } from '../../../functions/model/ort-module.ts';
import { collectGarbage } from '../../../scripts/lib/collect-garbage.ts';
import { nodeModules } from '../../../scripts/lib/node-modules.ts';

test('createOrtModule() with one thread leaves nothing behind that keeps its memory', async () => {
  const { onnxruntime } = await nodeModules();
  const start = async () => new WeakRef((await createOrtModule(onnxruntime, 1)).memory);
  const memory = await start();
  // A WeakRef holds on until the turn it was made in is over, and V8 frees in several steps.
  for (let turn = 0; turn < 20 && memory.deref() !== undefined; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collectGarbage();
  }
  assert.equal(memory.deref(), undefined);
});
