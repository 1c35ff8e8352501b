/** The memory that a codec instance works in, made clean for it. */
export interface CodecMemory {
  /**
   * Works with memory that is all zeros.
   *
   * @param work Nothing in the memory is valid after it.
   */
  use<T>(work: (memory: WebAssembly.Memory) => Promise<T>): Promise<T>;
}

/** What the JPEG codec wants when it starts, 16.9 MB; the PNG codec wants less. */
const INITIAL_PAGES = 258;
/** What the JPEG codec allows at most; a picture is refused long before. */
const MAX_PAGES = 32_768;

/**
 * Makes the memory that all codec instances of an isolate take turns with. One of their own each would be garbage after
 * the picture, and V8 collects that late: after 80 pictures of 8 megapixels 860 MiB lay about.
 */
export function createCodecMemory(): CodecMemory {
  let shared: WebAssembly.Memory | null = null;
  let busy = false;
  const fresh = () => new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAX_PAGES });
  return {
    async use(work) {
      // Two pictures at a time come only when a slot's lease has run out.
      if (busy) return await work(fresh());
      busy = true;
      try {
        shared ??= fresh();
        new Uint8Array(shared.buffer).fill(0);
        return await work(shared);
      } finally {
        busy = false;
      }
    },
  };
}
