import type { Rgb } from '../colours.ts';

/** An opaque picture, RGB, row-major, 0-255. */
export interface Canvas {
  readonly side: number;
  readonly data: Uint8ClampedArray;
}

/**
 * Paints a picture pixel by pixel.
 *
 * @param colourAt Gets x and y of a pixel's middle in shares of the side, from the upper left.
 */
export function paintCanvas(side: number, colourAt: (x: number, y: number) => Rgb): Canvas {
  const data = new Uint8ClampedArray(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      data.set(colourAt((x + 0.5) / side, (y + 0.5) / side), (y * side + x) * 3);
    }
  }
  return { side, data };
}
