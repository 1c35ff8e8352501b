declare module 'onnxruntime-web/ort-wasm-simd-threaded.mjs' {
  import type { OrtModule } from './ort-module.ts';

  interface FactoryOptions {
    numThreads: number;
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ): object;
  }
  export default function ortWasmThreaded(options: FactoryOptions): Promise<OrtModule>;
}
