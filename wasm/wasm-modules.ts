/** The compiled modules that the engine and the codecs are instantiated from. */
export interface WasmModules {
  /** `onnxruntime-web/ort-wasm-simd-threaded.wasm` */
  readonly onnxruntime: WebAssembly.Module;
  /** `kernels/vision.wasm`; null where relaxed SIMD is missing. */
  readonly kernels: WebAssembly.Module | null;
  /** `@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm` */
  readonly jpeg: WebAssembly.Module;
  /** `@jsquash/png/codec/pkg/squoosh_png_bg.wasm` */
  readonly png: WebAssembly.Module;
}
