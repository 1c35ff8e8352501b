import { readFile } from 'node:fs/promises';
import { createOrtRuntime, type OrtRuntime } from '../../functions/model/ort-runtime.ts';

/** Starts onnxruntime-web in Node, one thread as in workerd. */
export async function nodeRuntime(): Promise<OrtRuntime> {
  const path = new URL(
    '../../node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
    import.meta.url,
  );
  return createOrtRuntime(await WebAssembly.compile(await readFile(path)), 1);
}
