import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WasmModules } from '../../wasm/wasm-modules.ts';
import { repositoryFolder } from './repository-folder.ts';

/** Compiles in Node the modules that the Worker imports. */
export async function nodeModules(): Promise<WasmModules> {
  const kernels = await readFile(join(repositoryFolder, 'wasm/kernels/vision.wasm'));
  const compile = async (file: string) =>
    WebAssembly.compile(await readFile(join(repositoryFolder, file)));
  const [onnxruntime, jpeg, png] = await Promise.all([
    compile('node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm'),
    compile('wasm/codecs/jpeg.wasm'),
    compile('wasm/codecs/png.wasm'),
  ]);
  // Relaxed SIMD came with V8 11.4: Node 20 is too old for it.
  const canRun = WebAssembly.validate(kernels);
  return { onnxruntime, kernels: canRun ? await WebAssembly.compile(kernels) : null, jpeg, png };
}
