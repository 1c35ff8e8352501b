import type { Raster } from './raster.ts';

/** Halves a picture's sides: each pixel is the mean of four. */
export function halve({ width, height, data }: Raster): Raster {
  const [halfWidth, halfHeight] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const half = new Uint8Array(halfWidth * halfHeight * 4);
  for (let y = 0; y < halfHeight; y++) {
    for (let x = 0; x < halfWidth; x++) {
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0;
        for (const [dx, dy] of CORNERS) {
          // Outside is transparent.
          if (2 * x + dx >= width || 2 * y + dy >= height) continue;
          sum += data[((2 * y + dy) * width + 2 * x + dx) * 4 + channel] ?? 0;
        }
        half[(y * halfWidth + x) * 4 + channel] = Math.round(sum / 4);
      }
    }
  }
  return { width: halfWidth, height: halfHeight, data: half };
}

const CORNERS = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const;
