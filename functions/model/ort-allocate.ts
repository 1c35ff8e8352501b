import { EntailError } from '../lib/entail-error.ts';
import type { OrtModule } from './ort-module.ts';

/** WASM addresses are 32 bits wide; malloc would take a larger number modulo 2^32. */
const MAX_BLOCK_BYTES = 2 ** 31;

/**
 * Takes a block from the runtime's heap.
 *
 * @throws {EntailError} `runtime_dead`: the heap has no room and cannot grow.
 */
export function allocateBytes(module: OrtModule, bytes: number): number {
  const pointer = bytes <= MAX_BLOCK_BYTES ? module._malloc(bytes) : 0;
  if (pointer === 0) {
    const heap = module.HEAPU8.byteLength;
    throw new EntailError(
      'runtime_dead',
      `the runtime cannot allocate ${bytes} bytes: its heap of ${heap} bytes cannot grow`,
    );
  }
  return pointer;
}
