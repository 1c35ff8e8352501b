import { createOrtRuntime, type OrtRuntime } from '../../functions/model/ort-runtime.ts';
import { nodeModules } from '../../scripts/lib/node-modules.ts';

/** Starts onnxruntime-web and our kernels in Node, one thread as in workerd. */
export async function nodeRuntime(): Promise<OrtRuntime> {
  return createOrtRuntime(await nodeModules(), 1);
}
