import { EntailError } from '../functions/lib/entail-error.ts';

/** Memory made clean for one codec instance. */
export interface CleanMemory {
  readonly memory: WebAssembly.Memory;
  /** Whether it could not grow as far as it was asked to. Codecs die of that without a word. */
  lacked(): boolean;
}

/** The memory that a codec instance works in. */
export interface CodecMemory {
  /**
   * Works with memory that is all zeros.
   *
   * @param work Nothing in the memory is valid after it.
   * @throws {EntailError} `overloaded`: there is none.
   */
  use<T>(work: (own: CleanMemory) => Promise<T>): Promise<T>;
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
  let shared: WatchedMemory | null = null;
  let busy = false;
  return {
    async use(work) {
      // Two pictures at a time come only when a slot's lease has run out.
      if (busy) return await work(watchedMemory());
      busy = true;
      try {
        shared ??= watchedMemory();
        shared.clean();
        return await work(shared);
      } finally {
        busy = false;
      }
    },
  };
}

interface WatchedMemory extends CleanMemory {
  clean(): void;
}

function watchedMemory(): WatchedMemory {
  const memory = allocate();
  let lacked = false;
  const grow = memory.grow.bind(memory);
  // Both codecs grow it from JavaScript.
  memory.grow = (pages) => {
    try {
      return grow(pages);
    } catch (cause) {
      lacked = true;
      throw cause;
    }
  };
  return {
    memory,
    lacked: () => lacked,
    clean() {
      lacked = false;
      new Uint8Array(memory.buffer).fill(0);
    },
  };
}

function allocate(): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAX_PAGES });
  } catch (cause) {
    throw new EntailError('overloaded', 'cannot decode the image: there is no memory left', {
      cause,
    });
  }
}
