import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { ModelConfig } from '../../../../scripts/convert/checkpoint/model-config.ts';
import type { TorchDtype } from '../../../../scripts/convert/checkpoint/torch-dtype.ts';
import { settingsFiles } from '../../../../scripts/synthetic/settings-files.ts';
import { SYNTHETIC_SHAPES } from '../../../../scripts/synthetic/synthetic-shapes.ts';
import type { StorageToWrite, TensorToWrite } from '../../../../scripts/synthetic/torch-tensor.ts';
import { writeCheckpoint } from '../../../../scripts/synthetic/write-checkpoint.ts';
import { writeTorchParts } from '../../../../scripts/synthetic/write-torch-parts.ts';

/** A model so small that only its ResNet has any size. */
export const TINY: ModelConfig = {
  ...SYNTHETIC_SHAPES.micro,
  width: 8,
  encoderHeads: 2,
  decoderHeads: 2,
  encoderFfn: 16,
  decoderFfn: 16,
  encoderLayers: 1,
  decoderLayers: 1,
  imageBucketSize: 6,
  tokenBucketSize: 4,
  vocabSize: 12,
  maxPositions: 100,
};

/** A folder that is removed when the test ends. */
export async function temporaryFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'edge-entail-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A checkpoint folder with the given tensors, removed when the test ends. */
export async function temporaryCheckpoint(
  context: TestContext,
  tensors: readonly TensorToWrite[],
  config: ModelConfig = TINY,
): Promise<string> {
  const folder = await temporaryFolder(context);
  await writeCheckpoint(folder, { config, tensors });
  return folder;
}

/** A checkpoint folder around any pickle. */
export async function checkpointAround(
  context: TestContext,
  pickle: Uint8Array,
  storages: readonly StorageToWrite[] = [],
): Promise<string> {
  const folder = await temporaryCheckpoint(context, []);
  await writeTorchParts(join(folder, 'pytorch_model.bin'), { pickle, storages });
  return folder;
}

/** Replaces settings in a file of a checkpoint folder; those of configuration.json go under `model`. */
export async function changeSettings(
  folder: string,
  file: 'config.json' | 'configuration.json',
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const files = settingsFiles(TINY);
  const model = { ...files['configuration.json'].model, ...changes };
  const content =
    file === 'config.json'
      ? { ...files[file], ...changes }
      : { ...files['configuration.json'], model };
  await writeFile(join(folder, file), JSON.stringify(content));
}

/** A storage with these numbers in it. */
export function storageWith(
  dtype: TorchDtype,
  numbers: ArrayBufferView & { readonly length: number },
): StorageToWrite {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return { dtype, count: numbers.length, bytes: () => bytes };
}
