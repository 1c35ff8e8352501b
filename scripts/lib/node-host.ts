import type { Codecs } from '../../functions/image/codecs.ts';
import { systemClock } from '../../functions/lib/clock.ts';
import { createEngine } from '../../functions/model/create-engine.ts';
import { createOrtRuntime } from '../../functions/model/ort-runtime.ts';
import { readManifest } from '../../functions/model/read-manifest.ts';
import { type LoadedModel, loadModel } from '../../functions/pipeline/load-model.ts';
import { createCodecs } from '../../wasm/create-codecs.ts';
import { folderStore } from './folder-store.ts';
import { nodeModules } from './node-modules.ts';

/** What `entail()` needs, in this process. */
export interface NodeHost {
  readonly model: LoadedModel;
  readonly codecs: Codecs;
}

/**
 * Loads a model in Node with the Worker's own code: weights checked, self-test reproduced.
 *
 * @param modelFolder A folder as `model-shards/README.md` describes it.
 * @param threads Of the inference runtime, at least 1.
 * @throws {EntailError} what `loadModel()` throws.
 */
export async function createNodeHost(modelFolder: string, threads: number): Promise<NodeHost> {
  const modules = await nodeModules();
  const runtime = await createOrtRuntime(modules, threads);
  const model = await loadModel({
    store: folderStore(modelFolder),
    readManifest,
    clock: systemClock,
    images: null,
    alive: () => {},
    openEngine: (manifest, readFile) => createEngine(runtime, manifest, readFile),
  });
  return {
    model,
    codecs: createCodecs(modules),
  };
}
