const PAGE_BYTES = 64 * 1024;

/** Lets memories of WASM grow only so far, as where the machine has no more; @returns sets the limit, pages. */
export function installFaultyMemory(): (limitPages: number) => void {
  let limit = Number.POSITIVE_INFINITY;
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function growWithin(this: WebAssembly.Memory, pages) {
    if (this.buffer.byteLength / PAGE_BYTES + pages > limit) throw new RangeError('no more memory');
    return grow.call(this, pages);
  };
  return (next) => {
    limit = next;
  };
}
