import assert from 'node:assert/strict';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { expectedTensors } from '../../../../scripts/convert/checkpoint/expected-tensors.ts';
import { openCheckpoint } from '../../../../scripts/convert/checkpoint/open-checkpoint.ts';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';
import { pickleStateDict } from '../../../../scripts/synthetic/pickle-state-dict.ts';
import { PickleWriter } from '../../../../scripts/synthetic/pickle-writer.ts';
import { sharedFolder } from '../../../lib/shared-folder.ts';
import {
  changeSettings,
  checkpointAround,
  storageWith,
  temporaryCheckpoint,
} from './temporary-checkpoint.ts';

const NUMBERS = Float32Array.of(1, 2, 3, 4, 5, 6);
const ONE = [{ key: 'some.weight', shape: [2, 3], storage: storageWith('float32', NUMBERS) }];

function refusal(message: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof ConvertError && message.test(error.message);
}

test('openCheckpoint() reads tensors of several formats, shared storages and odd strides', async (t) => {
  const shared = storageWith('float32', NUMBERS);
  const halves = storageWith('float16', Uint16Array.of(0x3c00, 0xc000));
  const brains = storageWith('bfloat16', Uint16Array.of(0x3f80, 0xc040));
  const longs = storageWith('int64', BigInt64Array.of(-1n, 7n));
  const folder = await temporaryCheckpoint(t, [
    { key: 'plain', shape: [2, 3], storage: shared },
    { key: 'transposed', shape: [3, 2], strides: [1, 3], storage: shared },
    { key: 'inner', shape: [2], offset: 3, storage: shared },
    { key: 'halves', shape: [2], storage: halves },
    { key: 'brains', shape: [2], storage: brains },
    { key: 'longs', shape: [2, 1], storage: longs },
  ]);
  const checkpoint = await openCheckpoint(folder);
  const read = (key: string, ...shape: number[]) => [...checkpoint.tensor(key, shape).data];
  assert.deepEqual(read('plain', 2, 3), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(read('transposed', 3, 2), [1, 4, 2, 5, 3, 6]);
  assert.deepEqual(read('inner', 2), [4, 5]);
  assert.deepEqual(read('halves', 2), [1, -2]);
  assert.deepEqual(read('brains', 2), [1, -3]);
  assert.deepEqual(read('longs', 2, 1), [-1, 7]);
  assert.deepEqual(checkpoint.unused(), []);
  assert.equal(checkpoint.vocabularyPath, join(folder, 'vocab.json'));
  assert.equal(checkpoint.mergesPath, join(folder, 'merges.txt'));
  await checkpoint.close();
});

test('openCheckpoint() reads an original OFA .pt: its names, its wrapping, its Namespace', async (t) => {
  const storage = storageWith('float32', NUMBERS);
  const tensors = [
    { key: 'encoder.layers.0.attn_ln.weight', shape: [6], storage },
    { key: 'decoder.layers.0.encoder_attn.q_proj.bias', shape: [3], storage },
    { key: 'decoder.layers.0.encoder_attn_layer_norm.bias', shape: [2], storage },
  ];
  const pickle = new PickleWriter().raw('}(').string('args');
  pickle.global('argparse', 'Namespace').raw(')').bytes(0x81).raw('}').string('arch');
  pickle.string('ofa_tiny').raw('sb').string('model');
  pickleStateDict(pickle, tensors, [storage]);
  const folder = await checkpointAround(t, pickle.raw('u').finish(), [storage]);
  await rename(join(folder, 'pytorch_model.bin'), join(folder, 'ofa_tiny.pt'));
  const checkpoint = await openCheckpoint(folder);
  assert.deepEqual(checkpoint.unused(), [
    { key: 'encoder.layers.0.self_attn_mid_layer_norm.weight', shape: [6] },
    { key: 'decoder.layers.0.cross_attn.q_proj.bias', shape: [3] },
    { key: 'decoder.layers.0.cross_attn_layer_norm.bias', shape: [2] },
  ]);
  await checkpoint.close();
});

test('openCheckpoint() refuses an evil pickle by the name of its global', async (t) => {
  const pickle = new PickleWriter().global('os', 'system').raw('(').string('id').raw('tR').finish();
  await assert.rejects(
    openCheckpoint(await checkpointAround(t, pickle)),
    refusal(/asks for os\.system/),
  );
});

test('openCheckpoint() refuses a tensor that reaches past its storage, whatever the pickle claims', async (t) => {
  const short = { ...storageWith('float32', NUMBERS), count: 1_000_000 };
  const folder = await temporaryCheckpoint(t, [
    { key: 'long', shape: [1_000_000], storage: short },
  ]);
  await assert.rejects(
    openCheckpoint(folder),
    refusal(/tensor long: it needs 4000000 bytes .* data\/0, which has 24/),
  );
});

test('openCheckpoint() refuses settings that are not supported', async (t) => {
  const folder = await temporaryCheckpoint(t, ONE);
  await changeSettings(folder, 'config.json', { use_ofasys: true });
  await assert.rejects(openCheckpoint(folder), refusal(/use_ofasys/));
});

test('openCheckpoint() takes pytorch_model.bin or a single .pt, and says what it found instead', async (t) => {
  const folder = await temporaryCheckpoint(t, ONE);
  const weights = join(folder, 'pytorch_model.bin');
  await rename(weights, join(folder, 'a.pt'));
  await (await openCheckpoint(folder)).close();
  await writeFile(join(folder, 'b.pt'), '');
  await assert.rejects(openCheckpoint(folder), refusal(/and 2 files \*\.pt where 1 is needed/));
  await rename(join(folder, 'a.pt'), weights);
  await (await openCheckpoint(folder)).close();
  await rm(weights);
  await rm(join(folder, 'b.pt'));
  await assert.rejects(
    openCheckpoint(folder),
    refusal(/no model\.safetensors, .*no pytorch_model\.bin, .*and 0 files/),
  );
});

test('openCheckpoint() names a missing tokenizer file', async (t) => {
  for (const name of ['vocab.json', 'merges.txt']) {
    const folder = await temporaryCheckpoint(t, ONE);
    await rm(join(folder, name));
    await assert.rejects(openCheckpoint(folder), refusal(new RegExp(`cannot find .*${name}`)));
  }
});

const shared = sharedFolder();
const skip = shared === null ? 'shared/ is not beside this checkout' : false;

test('openCheckpoint() opens the reference checkpoint and reads all of it', { skip }, async () => {
  const checkpoint = await openCheckpoint(join(shared ?? '', 'reference', 'micro'));
  const expected = expectedTensors(checkpoint.config);
  checkpoint.check();
  for (const [key, shape] of expected) {
    const { data } = checkpoint.tensor(key, shape);
    assert.ok(data.every(Number.isFinite), key);
  }
  const dropped = checkpoint.unused().filter(({ key }) => !key.endsWith('num_batches_tracked'));
  assert.equal(dropped.length, 14);
  // The first and last numbers that PyTorch 1.13.0 reads there.
  const key = 'decoder.layers.1.cross_attn.q_proj.weight';
  const { data } = checkpoint.tensor(key, [32, 32]);
  assert.deepEqual(
    [data[0], data[1], data.at(-1)],
    [-0.7304626703262329, -0.0025067052338272333, 0.2593250870704651],
  );
  await checkpoint.close();
});
