import { PNG } from 'pngjs';
import type { Canvas } from './canvas.ts';

/** Writes a picture as a PNG file, RGB, 8 bits; the same bytes for the same picture. */
export function encodePng({ side, data }: Canvas): Buffer {
  const png = new PNG({ width: side, height: side });
  for (let pixel = 0; pixel < side * side; pixel++) {
    png.data.set(data.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
    png.data[pixel * 4 + 3] = 255;
  }
  // Trying every filter costs three times as much and saves little.
  return PNG.sync.write(png, { colorType: 2, inputColorType: 6, filterType: 4, deflateLevel: 5 });
}
