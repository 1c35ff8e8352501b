import { EntailError } from '../lib/entail-error.ts';
import { allocateBytes } from './ort-allocate.ts';
import { ortFailure } from './ort-failure.ts';
import { createOrtModule, type OrtModule } from './ort-module.ts';
import { createOrtSession, type ExternalData, type OrtSession } from './ort-session.ts';
import { allocateTensor, type OrtTensor } from './ort-tensor.ts';
import { createRuntimeLife } from './runtime-life.ts';
import { instantiateKernels, type VisionKernels } from './vision-kernels.ts';

const PAGE_BYTES = 64 * 1024;
const LOG_ERRORS_ONLY = 3;

/** Bytes of the runtime's heap that are ours. */
export interface HeapBlock {
  readonly address: number;
  /** All of them; valid as long as the block is. */
  view(): Uint8Array;
  /** The float32 at a byte offset that is a multiple of 4. */
  float(offset: number): number;
  /** Gives the memory back; once only. */
  release(): void;
}

/** The compiled modules that the runtime is made of. */
export interface RuntimeModules {
  /** `onnxruntime-web/ort-wasm-simd-threaded.wasm` */
  readonly onnxruntime: WebAssembly.Module;
  /** `wasm/kernels/vision.wasm`; null where its instructions are missing. */
  readonly kernels: WebAssembly.Module | null;
}

/** onnxruntime-web, driven through its C API, in a memory of its own. */
export interface OrtRuntime {
  /** Loads a graph; see {@linkcode createOrtSession}. */
  createSession(graph: Uint8Array, ...weights: readonly ExternalData[]): Promise<OrtSession>;
  /** Allocates a float32 tensor in the heap. */
  allocate(shape: readonly number[]): OrtTensor;
  /** Takes a block of the heap; its bytes are whatever was there. */
  takeBlock(bytes: number): HeapBlock;
  /**
   * Grows the heap to a size once, where it would grow by a fifth at a time and end too large.
   *
   * @throws {EntailError} `runtime_dead`: there is no more memory.
   */
  reserve(bytes: number): void;
  /** Our own kernels, on the same memory, where they can run. */
  readonly kernels: VisionKernels | null;
  /** Bytes of the WASM memory; it never shrinks. */
  heapBytes(): number;
}

/**
 * Starts the runtime. One that has failed is of no use any more; another is started in its place.
 *
 * @param threads 1 in workerd; more needs Node or a cross-origin-isolated browser.
 * @throws {EntailError} `runtime_dead`.
 */
export async function createOrtRuntime(
  { onnxruntime, kernels }: RuntimeModules,
  threads: number,
): Promise<OrtRuntime> {
  return createRuntimeLife().attempt(() => start({ onnxruntime, kernels }, threads));
}

async function start(
  { onnxruntime, kernels }: RuntimeModules,
  threads: number,
): Promise<OrtRuntime> {
  const { module, memory } = await createOrtModule(onnxruntime, threads);
  if (module._OrtInit(threads, LOG_ERRORS_ONLY) !== 0) {
    throw ortFailure(module, 'cannot initialise');
  }
  return {
    createSession: (graph, ...weights) => createOrtSession(module, graph, ...weights),
    allocate: (shape) => allocateTensor(module, shape),
    takeBlock: (bytes) => takeBlock(module, bytes),
    reserve(bytes) {
      growTo(memory, bytes);
      // The glue looks for growth at each access of its own: only then is HEAPU8 the whole heap.
      module.getValue(0, 'i32');
    },
    kernels: kernels === null ? null : await instantiateKernels(kernels, memory),
    heapBytes: () => module.HEAPU8.byteLength,
  };
}

function growTo(memory: WebAssembly.Memory, bytes: number): void {
  const pages = Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES);
  if (pages <= 0) return;
  try {
    memory.grow(pages);
  } catch (cause) {
    throw new EntailError('runtime_dead', `cannot reserve ${bytes} bytes for the model`, { cause });
  }
}

function takeBlock(module: OrtModule, bytes: number): HeapBlock {
  const address = allocateBytes(module, bytes);
  return {
    address,
    view: () => new Uint8Array(module.HEAPU8.buffer, address, bytes),
    float: (offset) => new Float32Array(module.HEAPU8.buffer, address + offset, 1)[0] ?? 0,
    release: () => module._free(address),
  };
}
