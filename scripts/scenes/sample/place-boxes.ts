import type { Random } from '../random.ts';

/** A place on the picture, in shares of its side. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Of the smaller box, this share may be covered. */
const MAX_OVERLAP = 0.06;
const TRIES_A_BOX = 40;
/** Each new start makes all boxes this much smaller. */
const SHRINK = 0.95;

/**
 * Finds places where boxes hide next to nothing of each other.
 *
 * @param sizes Wanted sides, in shares of the picture's side.
 * @returns In the same order; smaller than wanted where the picture is too full.
 */
export function placeBoxes(random: Random, sizes: readonly Pick<Box, 'width' | 'height'>[]): Box[] {
  for (let scale = 1; ; scale *= SHRINK) {
    const placed: Box[] = [];
    for (const size of sizes) {
      const [width, height] = [size.width * scale, size.height * scale];
      for (let attempt = 0; attempt < TRIES_A_BOX; attempt++) {
        const x = random.between(0, 1 - width);
        const y = random.between(0, 1 - height);
        const box = { x, y, width, height };
        if (placed.some((other) => overlap(box, other) > MAX_OVERLAP)) continue;
        placed.push(box);
        break;
      }
    }
    if (placed.length === sizes.length) return placed;
  }
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / Math.min(a.width * a.height, b.width * b.height);
}
