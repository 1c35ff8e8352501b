import assert from 'node:assert/strict';
import test from 'node:test';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { createRuntimeLife } from '../../../functions/model/runtime-life.ts';

const death = new EntailError('runtime_dead', 'no memory');

test('attempt() passes on what is ours, and goes on', async () => {
  const life = createRuntimeLife();
  const fault = new EntailError('internal', 'too few pixels');
  await assert.rejects(
    life.attempt(() => Promise.reject(fault)),
    fault,
  );
  assert.equal(await life.attempt(async () => 7), 7);
});

test('attempt() takes anything else for the end, whatever it is', async () => {
  for (const thrown of [5278712, new WebAssembly.RuntimeError('unreachable'), 'text', death]) {
    const life = createRuntimeLife();
    await assert.rejects(
      life.attempt(() => Promise.reject(thrown)),
      { name: 'EntailError', code: 'runtime_dead' },
    );
    let ran = 0;
    const work = async () => {
      ran += 1;
    };
    await assert.rejects(life.attempt(work), { code: 'runtime_dead' });
    life.giveBack(() => {
      ran += 1;
    });
    assert.equal(ran, 0);
  }
});

test('giveBack() that fails is the end too', async () => {
  const life = createRuntimeLife();
  const trap = () => {
    throw new WebAssembly.RuntimeError('unreachable');
  };
  assert.throws(() => life.giveBack(trap), { code: 'runtime_dead' });
  await assert.rejects(
    life.attempt(async () => 7),
    { code: 'runtime_dead' },
  );
});
