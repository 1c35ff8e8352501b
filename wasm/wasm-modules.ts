/** The compiled modules that the engine and the codecs are instantiated from. */
export interface WasmModules {
  /** `onnxruntime-web/ort-wasm-simd-threaded.wasm` */
  readonly onnxruntime: WebAssembly.Module;
  /** `kernels/vision.wasm`; null where relaxed SIMD is missing. */
  readonly kernels: WebAssembly.Module | null;
  /** `codecs/jpeg.wasm`: mozjpeg of `@jsquash/jpeg`, its memory imported */
  readonly jpeg: WebAssembly.Module;
  /** `codecs/png.wasm`: the decoder of `@jsquash/png`, likewise */
  readonly png: WebAssembly.Module;
}
