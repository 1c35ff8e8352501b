import type { Explanation } from '../../../client/index.ts';
import { glow } from './glow.ts';
import { smooth } from './smooth.ts';

/** Pixels a side of a cell: enough to look smooth; the style sheet does the rest. */
const CELL_PX = 8;

/**
 * Draws a heat map. The style sheet stretches it over the picture, as the grid lies over all of the picture whatever its
 * proportions.
 *
 * @param canvas Gets the size of the map.
 */
export function drawHeatMap(canvas: HTMLCanvasElement, explanation: Explanation): void {
  const { grid, attention } = smooth(explanation, CELL_PX);
  const [rows, columns] = grid;
  canvas.width = columns;
  canvas.height = rows;
  const most = Math.max(...attention, Number.MIN_VALUE);
  const pixels = new ImageData(columns, rows);
  attention.forEach((weight, pixel) => {
    pixels.data.set(glow(weight / most), 4 * pixel);
  });
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
}
