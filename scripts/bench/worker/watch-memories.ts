import { onMemory } from './on-memory.ts';

/** The memories of the WASM instances that come into being from here on. */
export interface WatchedMemories {
  /** Bytes of the largest one since `reset()`. */
  largest(): number;
  reset(): void;
}

/** Watches for the benchmark, which asks one thing at a time. */
export function watchMemories(): WatchedMemories {
  let memories: WebAssembly.Memory[] = [];
  onMemory((memory) => memories.push(memory));
  return {
    largest: () => Math.max(0, ...memories.map(({ buffer }) => buffer.byteLength)),
    reset() {
      memories = [];
    },
  };
}
