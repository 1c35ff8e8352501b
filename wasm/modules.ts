import onnxruntime from 'onnxruntime-web/ort-wasm-simd-threaded.wasm';
import jpeg from './codecs/jpeg.wasm';
import png from './codecs/png.wasm';
import kernels from './kernels/vision.wasm';
import type { WasmModules } from './wasm-modules.ts';

/** The compiled modules of the Worker: workerd refuses to compile bytes, so they are imported. */
export const modules: WasmModules = { onnxruntime, kernels, jpeg, png };
