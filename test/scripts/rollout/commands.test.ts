import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runScript } from '../../lib/run-script.ts';

const run = (name: string, ...args: string[]) =>
  runScript([process.execPath, `scripts/model-${name}.ts`, ...args]);

describe('model:push', () => {
  it('asks for what is missing', async () => {
    const { exitCode, stderr } = await run('push', '--bucket', 'b');
    assert.equal(exitCode, 1);
    assert.match(stderr, /--model is needed/);
  });
});

describe('model:list, model:rollback and model:prune', () => {
  for (const name of ['list', 'rollback', 'prune']) {
    it(`model:${name} refuses both places at once`, async () => {
      const { exitCode, stderr } = await run(name, '--bucket', 'b', '--local', '--remote');
      assert.equal(exitCode, 1);
      assert.match(stderr, /exclude each other/);
    });

    it(`model:${name} says that a bucket holds no model, and what to do`, async () => {
      const { exitCode, stderr } = await run(name, '--bucket', 'nothing-there');
      assert.equal(exitCode, 1);
      assert.match(stderr, /holds no model.*npm run model:push/);
    });
  }
});
