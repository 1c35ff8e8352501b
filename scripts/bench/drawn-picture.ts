import { PNG } from 'pngjs';

/** Draws a PNG file with enough detail that decoding it is real work; the same bytes every time. */
export function drawnPicture(width: number, height: number): Uint8Array<ArrayBuffer> {
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      png.data[at] = (x * 256) / width + ((x * 7919 + y * 104_729) % 16);
      png.data[at + 1] = (y * 256) / height;
      png.data[at + 2] = (x ^ y) & 255;
      png.data[at + 3] = 255;
    }
  }
  return Uint8Array.from(PNG.sync.write(png));
}
