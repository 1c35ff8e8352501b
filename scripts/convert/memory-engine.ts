import { createEngine } from '../../functions/model/create-engine.ts';
import type { Engine } from '../../functions/model/engine.ts';
import type { OrtRuntime } from '../../functions/model/ort-runtime.ts';
import type { AuthoredModel } from './author-model.ts';

/** Loads a model that was just written, by the code that the Worker loads it with. */
export function memoryEngine(runtime: OrtRuntime, model: AuthoredModel): Promise<Engine> {
  return createEngine(runtime, model, async (name) => model.files[name]);
}
