/** How to read stored pixels as the upright picture: byte of pixel (x, y) = `base + x * stepX + y * stepY`. */
export interface UprightView {
  readonly width: number;
  readonly height: number;
  readonly base: number;
  readonly stepX: number;
  readonly stepY: number;
}

const PIXEL_BYTES = 4;

/**
 * Turns a stored RGBA picture upright without moving a byte.
 *
 * @param width Pixels across, as stored.
 * @param height Pixels down, as stored.
 * @param orientation 1 to 8 (EXIF 2.32, tag 0112): where the stored picture's first row and first
 * column belong.
 */
export function uprightView(width: number, height: number, orientation: number): UprightView {
  const row = width * PIXEL_BYTES;
  const lastColumn = row - PIXEL_BYTES;
  const lastRow = (height - 1) * row;
  const right = PIXEL_BYTES;
  const left = -PIXEL_BYTES;
  switch (orientation) {
    case 2:
      return { width, height, base: lastColumn, stepX: left, stepY: row };
    case 3:
      return { width, height, base: lastRow + lastColumn, stepX: left, stepY: -row };
    case 4:
      return { width, height, base: lastRow, stepX: right, stepY: -row };
    case 5:
      return { width: height, height: width, base: 0, stepX: row, stepY: right };
    case 6:
      return { width: height, height: width, base: lastRow, stepX: -row, stepY: right };
    case 7:
      return { width: height, height: width, base: lastRow + lastColumn, stepX: -row, stepY: left };
    case 8:
      return { width: height, height: width, base: lastColumn, stepX: row, stepY: left };
    default:
      return { width, height, base: 0, stepX: right, stepY: row };
  }
}
