import createOrtWasm from 'onnxruntime-web/ort-wasm-simd-threaded.mjs';
import { EntailError } from '../lib/entail-error.ts';
import { withoutWaitAsync } from './without-wait-async.ts';

/** The part of onnxruntime-web's exported C API and Emscripten helpers that the driver uses. Pointers are byte offsets. */
export interface OrtModule {
  readonly HEAPU8: Uint8Array<ArrayBufferLike>;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  stackSave(): number;
  stackRestore(stack: number): void;
  stackAlloc(bytes: number): number;
  getValue(pointer: number, type: 'i32' | '*'): number;
  setValue(pointer: number, value: number, type: 'i32' | '*'): void;
  UTF8ToString(pointer: number): string;
  stringToUTF8(text: string, pointer: number, maxBytes: number): void;
  lengthBytesUTF8(text: string): number;
  mountExternalData(path: string, data: Uint8Array): void;
  unmountExternalData(): void;
  _OrtInit(threads: number, logLevel: number): number;
  _OrtGetLastError(code: number, message: number): void;
  _OrtCreateSessionOptions(
    optimisation: number,
    arena: boolean,
    memoryPattern: boolean,
    executionMode: number,
    profiling: boolean,
    profilePrefix: number,
    logId: number,
    logSeverity: number,
    logVerbosity: number,
    optimisedPath: number,
  ): number;
  _OrtReleaseSessionOptions(options: number): number;
  _OrtCreateSession(model: number, bytes: number, options: number): number | Promise<number>;
  _OrtReleaseSession(session: number): number;
  _OrtCreateTensor(
    type: number,
    data: number,
    bytes: number,
    dims: number,
    rank: number,
    location: number,
  ): number;
  _OrtGetTensorData(tensor: number, type: number, data: number, dims: number, rank: number): number;
  _OrtReleaseTensor(tensor: number): number;
  _OrtFree(pointer: number): number;
  _OrtRun(
    session: number,
    inputNames: number,
    inputs: number,
    inputCount: number,
    outputNames: number,
    outputCount: number,
    outputs: number,
    options: number,
  ): number;
}

/** Names that must be there; a version of the package without one of them is refused at start. */
export const NEEDED_EXPORTS = [
  '_malloc',
  '_free',
  'stackSave',
  'stackRestore',
  'stackAlloc',
  'getValue',
  'setValue',
  'UTF8ToString',
  'stringToUTF8',
  'lengthBytesUTF8',
  'mountExternalData',
  'unmountExternalData',
  '_OrtInit',
  '_OrtGetLastError',
  '_OrtCreateSessionOptions',
  '_OrtReleaseSessionOptions',
  '_OrtCreateSession',
  '_OrtReleaseSession',
  '_OrtCreateTensor',
  '_OrtGetTensorData',
  '_OrtReleaseTensor',
  '_OrtFree',
  '_OrtRun',
] as const satisfies readonly (keyof OrtModule)[];

/** The runtime, and the memory that it runs in. */
export interface OrtInstance {
  readonly module: OrtModule;
  readonly memory: WebAssembly.Memory;
}

/**
 * Instantiates onnxruntime-web's WASM through the Emscripten factory that the package exports.
 *
 * The factory's `instantiateWasm` hook is the only way in that needs no compilation from bytes, which
 * workerd refuses.
 *
 * @param compiled `onnxruntime-web/ort-wasm-simd-threaded.wasm`, compiled.
 * @param threads 1 in workerd; more needs Node or a cross-origin-isolated browser.
 * @throws {EntailError} `runtime_dead`: the module cannot be instantiated, or an export is missing.
 */
export async function createOrtModule(
  compiled: WebAssembly.Module,
  threads: number,
): Promise<OrtInstance> {
  let memory: WebAssembly.Memory | undefined;
  const start = () =>
    new Promise<OrtModule>((resolve, reject) => {
      createOrtWasm({
        numThreads: threads,
        instantiateWasm(imports, done) {
          memory = memoryOf(imports);
          WebAssembly.instantiate(compiled, imports)
            .then((instance) => done(instance, compiled))
            .catch(reject);
          return {};
        },
      }).then(resolve, reject);
    });
  const starting = threads === 1 ? withoutWaitAsync(start) : start();
  const module: OrtModule = await starting.catch((cause: unknown) => {
    throw new EntailError('runtime_dead', 'the runtime could not be instantiated', { cause });
  });
  const missing = NEEDED_EXPORTS.filter((name) => typeof module[name] !== 'function');
  if (missing.length > 0) {
    throw new EntailError('runtime_dead', `the runtime lacks exports: ${missing.join(', ')}`);
  }
  if (memory === undefined) {
    throw new EntailError('runtime_dead', 'the runtime imports no memory');
  }
  return { module, memory };
}

/** The one memory among a module's imports, whatever its minified name. */
function memoryOf(imports: WebAssembly.Imports): WebAssembly.Memory | undefined {
  return Object.values(imports)
    .flatMap((names) => Object.values(names))
    .find((value) => value instanceof WebAssembly.Memory);
}
