import type { Explanation } from '../../../client/index.ts';
import { glow } from './glow.ts';

/**
 * Draws one pixel for each cell; the style sheet stretches the canvas over the picture and smooths it, as the grid
 * lies over the whole picture whatever its proportions.
 *
 * @param canvas Gets the grid's size.
 */
export function drawHeatMap(canvas: HTMLCanvasElement, { grid, attention }: Explanation): void {
  const [rows, columns] = grid;
  canvas.width = columns;
  canvas.height = rows;
  const most = Math.max(...attention, Number.MIN_VALUE);
  const pixels = new ImageData(columns, rows);
  attention.forEach((weight, cell) => {
    pixels.data.set(glow(weight / most), 4 * cell);
  });
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
}
