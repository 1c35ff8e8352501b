import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openWeightsFile } from '../../../../../scripts/convert/checkpoint/weights/open-weights-file.ts';
import { writeTorchZip } from '../../../../../scripts/synthetic/write-torch-zip.ts';
import { storageWith, temporaryFolder } from '../temporary-checkpoint.ts';
import { writeSafetensors } from './write-safetensors.ts';
import { writeTorchLegacy } from './write-torch-legacy.ts';

const TENSORS = [{ key: 'a', shape: [2], storage: storageWith('float32', Float32Array.of(1, 2)) }];

async function pathIn(context: TestContext): Promise<string> {
  // The name says nothing: people rename files.
  return join(await temporaryFolder(context), 'weights');
}

test('openWeightsFile() tells by the first bytes what a file is', async (t) => {
  const path = await pathIn(t);
  for (const [form, write] of [
    ['torch zip', writeTorchZip],
    ['torch before 1.6', writeTorchLegacy],
    ['safetensors', writeSafetensors],
  ] as const) {
    await write(path, TENSORS);
    const file = await openWeightsFile(path);
    assert.equal(file.form, form);
    assert.deepEqual([...file.tensors.keys()], ['a']);
    file.close();
  }
});

test('openWeightsFile() says what people have in place of the weights', async (t) => {
  const path = await pathIn(t);
  for (const [content, message] of [
    ['', /it is empty; fetch it again/],
    [
      'version https://git-lfs.github.com/spec/v1\noid sha256:',
      /a pointer of Git LFS .* `git lfs pull`/,
    ],
    ['<!DOCTYPE html><html>', /it is a web page/],
    ['\n<html lang="en">', /it is a web page/],
    ['{"error": "no such model"}', /neither a file of torch\.save nor of safetensors/],
    ['short', /neither a file of torch\.save nor of safetensors/],
  ] as const) {
    await writeFile(path, content);
    await assert.rejects(openWeightsFile(path), { name: 'ConvertError', message });
  }
  await assert.rejects(openWeightsFile(`${path}.not`), { name: 'ConvertError', message: /ENOENT/ });
});
