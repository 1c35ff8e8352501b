import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Manifest } from '../../functions/model/manifest.ts';
import { readModelFolder } from '../lib/model-folder.ts';

/** As the runtime in the Worker. */
const VERSION = '1.30.0';

/** The part of onnxruntime-node that is used; it is installed on demand, 288 MB, and no dependency. */
interface OnnxRuntimeNode {
  readonly InferenceSession: {
    create(path: string, options: object): Promise<NativeSession>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => object;
}

interface NativeSession {
  run(inputs: Readonly<Record<string, object>>, outputs: readonly string[]): Promise<object>;
}

/** Milliseconds of one native answer, without decoding and resizing. */
export interface NativeTimes {
  readonly vision: number;
  readonly judge: number;
}

/**
 * Sets the yardstick up: the fp32 graphs on onnxruntime-node, one thread.
 *
 * @param folder Where it is installed, and where the graphs are laid out for it.
 * @param modelFolder An fp32 model.
 * @returns Runs one answer; null where the package cannot be had.
 */
export async function createNative(
  folder: string,
  modelFolder: string,
): Promise<(() => Promise<NativeTimes>) | null> {
  const ort = await install(folder);
  if (ort === null) return null;
  const { manifest } = await readModelFolder(modelFolder);
  await layOut(folder, modelFolder, manifest);
  const options = {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
  };
  const [vision, judge] = await Promise.all([
    ort.InferenceSession.create(join(folder, 'vision.onnx'), options),
    ort.InferenceSession.create(join(folder, 'judge.onnx'), options),
  ]);
  const { side } = manifest.image;
  const { patches, width } = manifest.shape;
  const noise = (dims: readonly number[]) => {
    const count = dims.reduce((product, dim) => product * dim, 1);
    const values = Float32Array.from({ length: count }, (_, i) => Math.sin(i * 12.9898));
    return new ort.Tensor('float32', values, dims);
  };
  const pixels = noise([1, 3, side, side]);
  const question = {
    image_tokens: noise([patches, width]),
    text: noise([manifest.selfTest.encoder.length, width]),
    decoder_text: noise([manifest.selfTest.decoder.length, width]),
  };
  return async () => {
    const begin = performance.now();
    await vision.run({ pixels }, ['image_tokens']);
    const seen = performance.now();
    await judge.run(question, ['logits']);
    return { vision: seen - begin, judge: performance.now() - seen };
  };
}

async function install(folder: string): Promise<OnnxRuntimeNode | null> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  await writeFile(join(folder, '.npmrc'), 'onnxruntime-node-install=skip\n');
  const args = ['install', '--no-audit', '--no-fund', '--silent', `onnxruntime-node@${VERSION}`];
  try {
    await promisify(execFile)('npm', args, { cwd: folder });
  } catch {
    return null;
  }
  return createRequire(join(folder, 'package.json'))('onnxruntime-node');
}

/** Graphs and weights as files beside each other, the way the graphs refer to them. */
async function layOut(folder: string, modelFolder: string, manifest: Manifest): Promise<void> {
  for (const name of ['vision.onnx', 'vision.weights', 'judge.onnx', 'judge.weights'] as const) {
    const shards = manifest.files[name].shards.map(({ sha256 }) =>
      readFile(join(modelFolder, `${sha256}.bin`)),
    );
    await writeFile(join(folder, name), Buffer.concat(await Promise.all(shards)));
  }
}
