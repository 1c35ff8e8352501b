import { PNG } from 'pngjs';

/** Draws a picture with enough detail that decoding it is real work: `[height, width, 4]`, the same each time. */
export function drawnPixels(width: number, height: number): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      rgba[at] = (x * 256) / width + ((x * 7919 + y * 104_729) % 16);
      rgba[at + 1] = (y * 256) / height;
      rgba[at + 2] = (x ^ y) & 255;
      rgba[at + 3] = 255;
    }
  }
  return rgba;
}

/** The same as a PNG file. */
export function drawnPicture(width: number, height: number): Uint8Array<ArrayBuffer> {
  const png = new PNG({ width, height });
  png.data = Buffer.from(drawnPixels(width, height).buffer);
  return Uint8Array.from(PNG.sync.write(png, { colorType: 2, inputHasAlpha: true }));
}
