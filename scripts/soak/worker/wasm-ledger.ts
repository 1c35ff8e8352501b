import { onMemory } from '../../bench/worker/on-memory.ts';

/** Bytes of WASM memory in an isolate; V8's own figures do not contain them. */
export interface WasmBytes {
  /** Not collected yet, whether used or not. */
  readonly held: number;
  /** Most that was ever held at the end of a request, codecs that await collection included. */
  readonly peakHeld: number;
  /** Most that one request needed: the runtime's heap, and the codec's memory at its largest. */
  readonly peakNeeded: number;
}

/** Keeps the account of an isolate. */
export interface WasmLedger {
  /** To be called when a request has been answered. */
  requestEnded(): void;
  read(): WasmBytes;
}

/** Opens the account, before any instance exists; no memory is kept alive by it longer than its request. */
export function createWasmLedger(): WasmLedger {
  const alive = new Set<WeakRef<WebAssembly.Memory>>();
  let fresh: WebAssembly.Memory[] = [];
  /** The runtime's is the first; it stays, and grows. */
  let runtime: WebAssembly.Memory | null = null;
  let [peakHeld, peakNeeded] = [0, 0];
  onMemory((memory) => {
    if (runtime === null) runtime = memory;
    else fresh.push(memory);
    alive.add(new WeakRef(memory));
  });

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
      const largest = Math.max(0, ...fresh.map(({ buffer }) => buffer.byteLength));
      fresh = [];
      peakNeeded = Math.max(peakNeeded, (runtime?.buffer.byteLength ?? 0) + largest);
      peakHeld = Math.max(peakHeld, held());
    },
    read: () => ({ held: held(), peakHeld, peakNeeded }),
  };
}
