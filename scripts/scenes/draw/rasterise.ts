import { Resvg } from '@resvg/resvg-js';
import type { Raster } from './raster.ts';

/**
 * Draws an SVG document and cuts off the empty margins.
 *
 * @param svg Square, without text.
 * @param side Pixels a side before cutting.
 */
export function rasterise(svg: string, side: number): Raster {
  const drawn = new Resvg(svg, {
    fitTo: { mode: 'width', value: side },
    font: { loadSystemFonts: false },
  }).render();
  const pixels = drawn.pixels;
  let [left, top, right, bottom] = [side, side, -1, -1];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if ((pixels[(y * side + x) * 4 + 3] ?? 0) < MIN_ALPHA) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  const [width, height] = [right - left + 1, bottom - top + 1];
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const start = ((y + top) * side + left) * 4;
    data.set(pixels.subarray(start, start + width * 4), y * width * 4);
  }
  return { width, height, data };
}

/** Fainter pixels are shadows that nobody sees. */
const MIN_ALPHA = 32;
