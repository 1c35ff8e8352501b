import { onMemory } from '../../bench/worker/on-memory.ts';

/** Bytes of WASM memory in an isolate; V8's own figures do not contain them. */
export interface WasmBytes {
  /** Not collected yet, whether used or not. */
  readonly held: number;
  /** Most that was ever held at the end of a request, what awaits collection included. */
  readonly peak: number;
}

/** Keeps the account of an isolate. */
export interface WasmLedger {
  /** To be called when a request has been answered. */
  requestEnded(): void;
  read(): WasmBytes;
}

/** Opens the account, before any instance exists; it keeps no memory alive. */
export function createWasmLedger(): WasmLedger {
  const alive = new Set<WeakRef<WebAssembly.Memory>>();
  let peak = 0;
  onMemory((memory) => alive.add(new WeakRef(memory)));

  function held(): number {
    let bytes = 0;
    for (const reference of alive) {
      const memory = reference.deref();
      if (memory === undefined) alive.delete(reference);
      else bytes += memory.buffer.byteLength;
    }
    return bytes;
  }

  return {
    requestEnded() {
      peak = Math.max(peak, held());
    },
    read: () => ({ held: held(), peak }),
  };
}
