import { createEngine } from '../../functions/model/create-engine.ts';
import type { Engine } from '../../functions/model/engine.ts';
import type { OrtRuntime } from '../../functions/model/ort-runtime.ts';
import type { VisionBackend } from '../../functions/model/vision-stage.ts';
import { collectGarbage } from '../lib/collect-garbage.ts';
import type { ReadableModel } from './author-model.ts';
import { ConvertError } from './convert-error.ts';

/**
 * Loads a model that was just written, by the code that the Worker loads it with.
 *
 * @param backend What is to run vision.
 * @throws {ConvertError} It is to be the kernels, and model or machine does not have them.
 */
export async function memoryEngine(
  runtime: OrtRuntime,
  model: ReadableModel,
  backend: VisionBackend = 'onnxruntime',
): Promise<Engine> {
  const chosen = backend === 'kernels' ? runtime : { ...runtime, kernels: null };
  const manifest = { ...model, heapBytes: null };
  // Files that are copied into place by now make room for the next, and for what is computed.
  const engine = await createEngine(chosen, manifest, (name) => {
    collectGarbage();
    return model.read(name);
  });
  collectGarbage();
  if (engine.vision !== backend) {
    engine.release();
    throw new ConvertError(`cannot run vision by ${backend}: relaxed SIMD needs Node 22 or later`);
  }
  return engine;
}
