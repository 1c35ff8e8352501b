import { ortFailure } from './ort-failure.ts';
import { createOrtModule } from './ort-module.ts';
import { createOrtSession, type OrtSession } from './ort-session.ts';
import { allocateTensor, type OrtTensor } from './ort-tensor.ts';

const LOG_ERRORS_ONLY = 3;

/** onnxruntime-web, driven through its C API; one an isolate. */
export interface OrtRuntime {
  /** Loads a graph; see {@linkcode createOrtSession}. */
  createSession(
    graph: Uint8Array,
    weights: { readonly location: string; readonly bytes: Uint8Array },
  ): Promise<OrtSession>;
  /** Allocates a float32 tensor in the heap. */
  allocate(shape: readonly number[]): OrtTensor;
  /** Bytes of the WASM memory; it never shrinks. */
  heapBytes(): number;
}

/**
 * Starts the runtime. A failure is final for the isolate: the module cannot be initialised twice.
 *
 * @param compiled `onnxruntime-web/ort-wasm-simd-threaded.wasm`, compiled.
 * @param threads 1 in workerd; more needs Node or a cross-origin-isolated browser.
 * @throws {EntailError} `runtime_dead`.
 */
export async function createOrtRuntime(
  compiled: WebAssembly.Module,
  threads: number,
): Promise<OrtRuntime> {
  const module = await createOrtModule(compiled, threads);
  if (module._OrtInit(threads, LOG_ERRORS_ONLY) !== 0) {
    throw ortFailure(module, 'cannot initialise');
  }
  return {
    createSession: (graph, weights) => createOrtSession(module, graph, weights),
    allocate: (shape) => allocateTensor(module, shape),
    heapBytes: () => module.HEAPU8.byteLength,
  };
}
