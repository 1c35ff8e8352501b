import type { SceneObject } from './scenes-folder.ts';

/** Pixels a side of a cell: what one image token stands for. */
export const CELL_PIXELS = 16;
/** Of a cell that holds no object's middle, this share must be covered for the cell to be the object's. */
const MIN_COVER = 0.3;

/** How the training names what it asks each cell; class 0 is none. */
export interface TargetClasses {
  readonly nouns: readonly string[];
  readonly colours: readonly string[];
}

/**
 * What stands on each 16-pixel cell: the noun, whether the object's middle is there (0 or 1: what
 * counting needs), and the colour. A cell belongs to the object whose middle is in it, else to the
 * one that covers most of it.
 *
 * @param objects Boxes in pixels of the prepared image.
 * @param grid Cells a side.
 * @returns `[3, grid, grid]`: nouns, middles, colours; 0 = none.
 */
export function cellTargets(
  objects: readonly SceneObject[],
  grid: number,
  { nouns, colours }: TargetClasses,
): Uint8Array {
  const planes = new Uint8Array(3 * grid * grid);
  const best = new Float64Array(grid * grid);
  for (const object of objects) {
    const middle = cellAt(object, grid);
    for (let cell = 0; cell < best.length; cell++) {
      const cover = coverOf(object, cell % grid, Math.floor(cell / grid));
      // A middle counts more than any cover; of two middles in a cell the first stays.
      const claim = cell === middle ? 2 : cover;
      if (claim < MIN_COVER || claim <= (best[cell] ?? 0)) continue;
      best[cell] = claim;
      planes[cell] = 1 + nouns.indexOf(object.noun);
      planes[best.length + cell] = cell === middle ? 1 : 0;
      planes[2 * best.length + cell] =
        object.colour === null ? 0 : 1 + colours.indexOf(object.colour);
    }
  }
  return planes;
}

function cellAt({ x, y, width, height }: SceneObject, grid: number): number {
  const at = (middle: number) => Math.min(grid - 1, Math.max(0, Math.floor(middle / CELL_PIXELS)));
  return at(y + height / 2) * grid + at(x + width / 2);
}

/** The share of a cell that lies inside an object's box. */
function coverOf({ x, y, width, height }: SceneObject, column: number, row: number): number {
  const [left, top] = [column * CELL_PIXELS, row * CELL_PIXELS];
  const across = Math.min(left + CELL_PIXELS, x + width) - Math.max(left, x);
  const down = Math.min(top + CELL_PIXELS, y + height) - Math.max(top, y);
  return (Math.max(0, across) * Math.max(0, down)) / CELL_PIXELS ** 2;
}
