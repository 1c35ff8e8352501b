/** Places bytes in one block of memory, reusing what is free again: a plan, made before anything is allocated. */
export interface Arena {
  /** Finds a place; the lowest gap that is large enough. */
  take(bytes: number): number;
  /** Frees the place that begins there. */
  free(offset: number): void;
  /** Bytes that the block must have. */
  size(): number;
}

/** Wide enough for any load of a kernel. */
const ALIGNMENT_BYTES = 16;

/** Makes an empty arena. */
export function createArena(): Arena {
  const taken: { readonly offset: number; readonly end: number }[] = [];
  let size = 0;
  return {
    take(bytes) {
      let offset = 0;
      let index = 0;
      for (const place of taken) {
        if (place.offset - offset >= bytes) break;
        offset = place.end;
        index += 1;
      }
      const end = offset + Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
      taken.splice(index, 0, { offset, end });
      size = Math.max(size, end);
      return offset;
    },
    free(offset) {
      const index = taken.findIndex((place) => place.offset === offset);
      if (index >= 0) taken.splice(index, 1);
    },
    size: () => size,
  };
}
