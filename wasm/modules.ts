import jpeg from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import png from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm';
import onnxruntime from 'onnxruntime-web/ort-wasm-simd-threaded.wasm';
import kernels from './kernels/vision.wasm';
import type { WasmModules } from './wasm-modules.ts';

/** The compiled modules of the Worker: workerd refuses to compile bytes, so they are imported. */
export const modules: WasmModules = { onnxruntime, kernels, jpeg, png };
