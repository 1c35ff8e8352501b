/**
 * The engine's files beside `worker.js`, as `scripts/lib/engine-files.ts` puts them there, and how many bytes each has.
 */
export type RuntimeFile = 'onnxruntime.wasm' | 'vision.wasm' | 'jpeg.wasm' | 'png.wasm';

declare global {
  /** Bytes of each file; the build fills it in, as a compressed transfer does not tell them. */
  const RUNTIME_FILE_BYTES: Readonly<Record<RuntimeFile, number>>;
}
