import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openWeights } from '../../../../../scripts/convert/checkpoint/weights/open-weights.ts';
import type { TensorToWrite } from '../../../../../scripts/synthetic/torch-tensor.ts';
import { writeTorchZip } from '../../../../../scripts/synthetic/write-torch-zip.ts';
import { storageWith, temporaryFolder } from '../temporary-checkpoint.ts';
import { writeSafetensors } from './write-safetensors.ts';
import { writeSplit } from './write-split.ts';
import { writeTorchLegacy } from './write-torch-legacy.ts';

function tensor(key: string, ...numbers: number[]): TensorToWrite {
  const storage = storageWith('float32', Float32Array.from(numbers));
  return { key, shape: [numbers.length], storage };
}

const TENSORS = ['encoder.a', 'encoder.b', 'decoder.c', 'decoder.d', 'decoder.e'].map((key, i) =>
  tensor(key, i),
);
const INDEX = 'pytorch_model.bin.index.json';

const split = (folder: string, tensors = TENSORS) =>
  writeSplit(folder, tensors, {
    stem: 'pytorch_model',
    extension: 'bin',
    count: 2,
    write: writeTorchZip,
  });

async function refused(folder: string, ...lines: RegExp[]): Promise<void> {
  await assert.rejects(openWeights(folder), (error: Error) => {
    assert.equal(error.name, 'ConvertError');
    for (const line of lines) assert.match(error.message, line);
    return true;
  });
}

async function changeIndex(
  folder: string,
  change: (map: Record<string, unknown>) => unknown,
): Promise<void> {
  const path = join(folder, INDEX);
  const index = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...index, weight_map: change(index.weight_map) }));
}

test('openWeights() reads weights in several files, of all forms', async (t) => {
  for (const [form, how] of [
    ['torch zip', { stem: 'pytorch_model', extension: 'bin', write: writeTorchZip }],
    ['torch before 1.6', { stem: 'pytorch_model', extension: 'bin', write: writeTorchLegacy }],
    ['safetensors', { stem: 'model', extension: 'safetensors', write: writeSafetensors }],
  ] as const) {
    const folder = await temporaryFolder(t);
    await writeSplit(folder, TENSORS, { ...how, count: 3 });
    const weights = await openWeights(folder);
    assert.equal(weights.form, form);
    assert.equal(weights.files, 3);
    assert.deepEqual(
      [...weights.tensors.keys()],
      TENSORS.map(({ key }) => key),
    );
    weights.close();
  }
});

test('openWeights() prefers safetensors, and one file to several', async (t) => {
  const folder = await temporaryFolder(t);
  await split(folder);
  await writeTorchZip(join(folder, 'pytorch_model.bin'), [tensor('encoder.one', 1)]);
  await writeTorchZip(join(folder, 'a.pt'), [tensor('encoder.original', 1)]);
  const keys = async () => {
    const weights = await openWeights(folder);
    weights.close();
    return [...weights.tensors.keys()];
  };
  assert.deepEqual(await keys(), ['encoder.one']);
  await writeSafetensors(join(folder, 'model.safetensors'), [tensor('encoder.safe', 1)]);
  assert.deepEqual(await keys(), ['encoder.safe']);
});

test('openWeights() names all missing files of an index at once', async (t) => {
  const folder = await temporaryFolder(t);
  await split(folder);
  await rm(join(folder, 'pytorch_model-00001-of-00002.bin'));
  await rm(join(folder, 'pytorch_model-00002-of-00002.bin'));
  await refused(
    folder,
    /2 of the 2 files .*: pytorch_model-00001-of-00002\.bin, pytorch_model-00002/,
  );
});

test('openWeights() names all tensors that are not where the index says at once', async (t) => {
  const folder = await temporaryFolder(t);
  await split(folder);
  await changeIndex(folder, ({ 'encoder.a': _, ...map }) => ({
    ...map,
    'encoder.z': 'pytorch_model-00001-of-00002.bin',
    'encoder.b': 'pytorch_model-00002-of-00002.bin',
  }));
  await refused(
    folder,
    /4 tensors are not where the index says/,
    /encoder\.a: in pytorch_model-00001-of-00002\.bin, not in the index/,
    /encoder\.b: in pytorch_model-00001/,
    /encoder\.z: not in pytorch_model-00001/,
    /encoder\.b: not in pytorch_model-00002/,
  );
});

test('openWeights() refuses an index that leaves the folder, or is none', async (t) => {
  const folder = await temporaryFolder(t);
  await split(folder);
  for (const name of ['../evil.bin', '/etc/passwd', '.hidden.bin', 'a.txt', 'a/b.bin', 3]) {
    await changeIndex(folder, () => ({ 'encoder.a': name }));
    await refused(folder, /cannot use pytorch_model\.bin\.index\.json: weight_map\.encoder\.a/);
  }
  await changeIndex(folder, () => ({}));
  await refused(folder, /it names 0 files/);
  await writeFile(join(folder, INDEX), '[]');
  await refused(folder, /cannot use pytorch_model\.bin\.index\.json/);
});

test('openWeights() refuses one tensor in two files', async (t) => {
  const folder = await temporaryFolder(t);
  const original = 'encoder.layers.0.attn_ln.weight';
  const renamed = 'encoder.layers.0.self_attn_mid_layer_norm.weight';
  await split(folder, [tensor(original, 1), tensor(renamed, 1)]);
  await refused(
    folder,
    /two tensors are named encoder\.layers\.0\.self_attn_mid_layer_norm\.weight/,
  );
});

function only(context: TestContext, ...tensors: TensorToWrite[]): Promise<string> {
  return temporaryFolder(context).then(async (folder) => {
    await writeTorchZip(join(folder, 'pytorch_model.bin'), tensors);
    return folder;
  });
}

async function namesIn(folder: string): Promise<{ names: string[]; renamed: number }> {
  const weights = await openWeights(folder);
  weights.close();
  return { names: [...weights.tensors.keys()], renamed: weights.renamed };
}

test("openWeights() takes a wrapper's prefix off, and counts the names that it changed", async (t) => {
  const wrapped = await only(
    t,
    tensor('module.encoder.layers.0.attn_ln.weight', 1),
    tensor('module.decoder.pos_ln.weight', 1),
    tensor('epoch', 1),
  );
  assert.deepEqual(await namesIn(wrapped), {
    names: ['encoder.layers.0.self_attn_mid_layer_norm.weight', 'decoder.pos_ln.weight', 'epoch'],
    renamed: 2,
  });
  const plain = await only(t, tensor('encoder.a', 1), tensor('ema.encoder.a', 2));
  assert.deepEqual(await namesIn(plain), { names: ['encoder.a', 'ema.encoder.a'], renamed: 0 });
});

test('openWeights() refuses names that could steer a terminal, and more than 20,000', async (t) => {
  await refused(await only(t, tensor('\u001b[31m', 1)), /"\\u001b\[31m" names no tensor/);
  await refused(await only(t, tensor('a'.repeat(201), 1)), /names no tensor/);
  const { storage } = tensor('', 1);
  const many = Array.from({ length: 20_001 }, (_, i) => ({ key: `k${i}`, shape: [1], storage }));
  await refused(await only(t, ...many), /more than 20000 tensors/);
});
