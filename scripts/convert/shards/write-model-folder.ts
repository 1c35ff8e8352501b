import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest, ModelFile, Shard } from '../../../functions/model/manifest.ts';
import { MAX_SHARD_BYTES } from '../../../functions/model/manifest-schema.ts';
import { serialiseManifest } from '../../../functions/model/serialise-manifest.ts';
import type { AuthoredModel } from '../author-model.ts';

/** What a model is called and how it is recognised. */
export type ModelIdentity = Pick<Manifest, 'name' | 'selfTest' | 'heapBytes'>;

/**
 * Writes a model's shards, then its manifest; see `model-shards/README.md`.
 *
 * @param folder Made when it is not there; shards of other models in it are left alone.
 */
export async function writeModelFolder(
  folder: string,
  model: AuthoredModel,
  identity: ModelIdentity,
): Promise<Manifest> {
  await mkdir(folder, { recursive: true });
  const store = (bytes: Uint8Array<ArrayBuffer>) => writeShards(folder, bytes);
  const { files: content, ...described } = model;
  const kernels = content['vision.kernels'];
  const files: Manifest['files'] = {
    'vision.onnx': await store(content['vision.onnx']),
    'vision.weights': await store(content['vision.weights']),
    'judge.onnx': await store(content['judge.onnx']),
    'judge.weights': await store(content['judge.weights']),
    embeddings: await store(content.embeddings),
    tokenizer: await store(content.tokenizer),
    ...(kernels === undefined ? {} : { 'vision.kernels': await store(kernels) }),
  };
  const manifest: Manifest = { ...described, ...identity, files };
  await writeFile(join(folder, 'manifest.json'), serialiseManifest(manifest));
  return manifest;
}

async function writeShards(folder: string, file: Uint8Array<ArrayBuffer>): Promise<ModelFile> {
  const shards: Shard[] = [];
  for (let from = 0; from < file.byteLength; from += MAX_SHARD_BYTES) {
    const bytes = file.subarray(from, from + MAX_SHARD_BYTES);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await writeFile(join(folder, `${sha256}.bin`), bytes);
    shards.push({ sha256, bytes: bytes.byteLength });
  }
  return { bytes: file.byteLength, shards };
}
