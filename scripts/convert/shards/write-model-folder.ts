import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest, ModelFile, Shard } from '../../../functions/model/manifest.ts';
import { MAX_SHARD_BYTES } from '../../../functions/model/manifest-schema.ts';
import { serialiseManifest } from '../../../functions/model/serialise-manifest.ts';
import { collectGarbage } from '../../lib/collect-garbage.ts';
import type { AuthoredModel, ModelAuthor, ModelDescription } from '../author-model.ts';
import type { EncodedGraph } from '../graph/graph-builder.ts';

/** What a model is called and how it is recognised. */
export type ModelIdentity = Pick<Manifest, 'name' | 'selfTest' | 'heapBytes'>;

/** What is to be written: each part is asked for once, when its turn comes. */
type ModelParts = Pick<ModelAuthor, 'vision' | 'judge' | 'embeddings' | 'tokenizer' | 'kernels'>;

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
  const { files } = model;
  const kernels = files['vision.kernels'];
  const written = await writeModelFiles(folder, {
    vision: () => ({ graph: files['vision.onnx'], weights: files['vision.weights'] }),
    judge: () => ({ graph: files['judge.onnx'], weights: files['judge.weights'] }),
    embeddings: () => files.embeddings,
    tokenizer: files.tokenizer,
    kernels: kernels === undefined ? null : () => kernels,
  });
  return writeManifest(folder, { ...model, ...identity, files: written });
}

/** Writes a model's shards, one part in memory at a time; without a manifest nobody takes them for a model. */
export async function writeModelFiles(
  folder: string,
  { vision, judge, embeddings, tokenizer, kernels }: ModelParts,
): Promise<Manifest['files']> {
  await mkdir(folder, { recursive: true });
  const [visionGraph, visionWeights] = await writeGraph(folder, vision());
  const [judgeGraph, judgeWeights] = await writeGraph(folder, judge());
  return {
    'vision.onnx': visionGraph,
    'vision.weights': visionWeights,
    'judge.onnx': judgeGraph,
    'judge.weights': judgeWeights,
    embeddings: await writeShards(folder, embeddings()),
    tokenizer: await writeShards(folder, tokenizer),
    ...(kernels === null ? {} : { 'vision.kernels': await writeShards(folder, kernels()) }),
  };
}

/** Writes the manifest of shards that are there, and so makes them a model. */
export async function writeManifest(
  folder: string,
  model: ModelDescription & ModelIdentity & Pick<Manifest, 'files'>,
): Promise<Manifest> {
  const { name, dtype, image, text, shape, files, heapBytes, selfTest } = model;
  const manifest: Manifest = { name, dtype, image, text, shape, files, heapBytes, selfTest };
  await writeFile(join(folder, 'manifest.json'), serialiseManifest(manifest));
  return manifest;
}

async function writeGraph(
  folder: string,
  { graph, weights }: EncodedGraph,
): Promise<readonly [ModelFile, ModelFile]> {
  return [await writeShards(folder, graph), await writeShards(folder, weights)];
}

async function writeShards(folder: string, file: Uint8Array<ArrayBuffer>): Promise<ModelFile> {
  const shards: Shard[] = [];
  for (let from = 0; from < file.byteLength; from += MAX_SHARD_BYTES) {
    const bytes = file.subarray(from, from + MAX_SHARD_BYTES);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await writeFile(join(folder, `${sha256}.bin`), bytes);
    shards.push({ sha256, bytes: bytes.byteLength });
  }
  collectGarbage();
  return { bytes: file.byteLength, shards };
}
