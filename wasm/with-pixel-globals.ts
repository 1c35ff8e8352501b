/** Pixels where the JPEG codec made them: `[height, width, 4]`, RGBA, in its memory, valid during the call only. */
export interface CodecPixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The names that the JPEG codec's glue reads or sets on the global object. */
const NAMES = ['ImageData', 'Uint8ClampedArray', 'location'] as const;

/**
 * Runs the JPEG codec's glue with globals of ours, then puts back whatever was global before.
 *
 * The glue copies its pixels into a `Uint8ClampedArray` and makes an `ImageData` of it, which workerd has not. Here the
 * first hands them on as they are and the second gives them to `take`, while the codec still holds them: no copy is
 * made. `take` sees the globals as they were.
 *
 * @param run Must be synchronous: nobody else may run while the globals are ours.
 */
export function withPixelGlobals<T>(run: () => T, take: (pixels: CodecPixels) => void): T {
  const theirs = NAMES.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
  class Picture {
    constructor(data: Uint8Array, width: number, height: number) {
      putBack(theirs);
      try {
        take({ data, width, height });
      } finally {
        replace();
      }
    }
  }
  class Uncopied {
    constructor(pixels: object) {
      // biome-ignore lint/correctness/noConstructorReturn: `new` is how the glue copies, and this is how it does not.
      return pixels;
    }
  }
  function replace(): void {
    for (const [name, value] of [
      ['ImageData', Picture],
      ['Uint8ClampedArray', Uncopied],
    ] as const) {
      Object.defineProperty(globalThis, name, { value, configurable: true });
    }
  }
  replace();
  try {
    return run();
  } finally {
    putBack(theirs);
  }
}

function putBack(theirs: readonly (PropertyDescriptor | undefined)[]): void {
  NAMES.forEach((name, index) => {
    const descriptor = theirs[index];
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else Reflect.deleteProperty(globalThis, name);
  });
}
