import type { Normalisation } from './normalise-pixels.ts';

/** How a channel of the picture becomes bytes: normalised value = (byte - zero) * scale. */
export interface PixelCode {
  readonly scale: number;
  /** The byte of a normalised 0, which is what the stem's padding holds. */
  readonly zero: number;
  /** The byte of each of the 256 levels. */
  readonly table: Uint8Array;
}

const LEVELS = 127;

/** The kernels' codes of red, green and blue: 7 bits, with a byte for exactly 0. */
export function pixelCodes({ mean, std }: Normalisation): [PixelCode, PixelCode, PixelCode] {
  return [pixelCode(mean[0], std[0]), pixelCode(mean[1], std[1]), pixelCode(mean[2], std[2])];
}

function pixelCode(mean: number, std: number): PixelCode {
  const low = Math.min(0, -mean / std);
  const high = Math.max(0, (1 - mean) / std);
  const scale = (high - low) / LEVELS;
  const zero = Math.round(-low / scale);
  const table = Uint8Array.from({ length: 256 }, (_, level) => {
    const value = (level / 255 - mean) / std;
    return Math.min(LEVELS, Math.max(0, Math.round(value / scale + zero)));
  });
  return { scale, zero, table };
}
