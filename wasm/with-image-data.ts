/** The two names that the JPEG codec's glue reads or sets on the global object. */
const NAMES = ['ImageData', 'location'] as const;

/** What the JPEG codec makes of its pixels where the platform has no ImageData, as workerd has not. */
export class PixelBox {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  /** @param data `[height, width, 4]`, RGBA. */
  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

/**
 * Runs something with a global `ImageData` that is ours, then puts back whatever was global before.
 *
 * @param run Must be synchronous: nobody else may run while the global is ours.
 */
export function withImageData<T>(run: () => T): T {
  const before = NAMES.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
  Object.defineProperty(globalThis, 'ImageData', { value: PixelBox, configurable: true });
  try {
    return run();
  } finally {
    NAMES.forEach((name, index) => {
      const descriptor = before[index];
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    });
  }
}
