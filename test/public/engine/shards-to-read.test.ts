import assert from 'node:assert/strict';
import test from 'node:test';
import { shardsToRead } from '../../../public/engine/shards-to-read.ts';
import { defaultModelFolder } from '../../../scripts/lib/default-model-folder.ts';
import { readModelFolder } from '../../../scripts/lib/model-folder.ts';
import { fakeModel } from '../../functions/model/fake-model.ts';

test('shardsToRead() leaves out vision’s graph where the kernels run', async () => {
  const { manifest } = await readModelFolder(defaultModelFolder);
  const { 'vision.onnx': graph, 'vision.weights': weights, ...others } = manifest.files;
  const rest = Object.values(others).flatMap(({ shards }) => shards);
  assert.deepEqual(shardsToRead(manifest, true), rest);
  assert.deepEqual(shardsToRead(manifest, false), [...rest, ...graph.shards, ...weights.shards]);
});

test('shardsToRead() lists all of a model without weights for the kernels', () => {
  const { manifest, blobs } = fakeModel();
  const keys = new Set(shardsToRead(manifest, true).map(({ sha256 }) => `${sha256}.bin`));
  assert.deepEqual(new Set([...keys, 'manifest.json']), new Set(blobs.keys()));
});
