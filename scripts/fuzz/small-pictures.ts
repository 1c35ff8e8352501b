import { drawnPixels } from '../bench/drawn-picture.ts';
import { createJpegEncoder } from '../bench/jpeg-encoder.ts';
import { makePng } from '../lib/make-png.ts';

const SIDE = 8;

/** Pictures of 8 x 8 pixels that are all right. */
export interface SmallPictures {
  readonly jpeg: Uint8Array<ArrayBuffer>;
  readonly progressive: Uint8Array<ArrayBuffer>;
  readonly png: Uint8Array<ArrayBuffer>;
}

/** Makes pictures small enough that every byte of theirs can be tried. */
export async function smallPictures(): Promise<SmallPictures> {
  const encode = await createJpegEncoder();
  const pixels = drawnPixels(SIDE, SIDE);
  const rows = Uint8Array.from({ length: SIDE * (1 + SIDE * 3) }, (_, at) =>
    at % (1 + SIDE * 3) === 0 ? 0 : (at * 37) % 256,
  );
  return {
    jpeg: encode(pixels, SIDE, SIDE),
    progressive: encode(pixels, SIDE, SIDE, { progressive: true }),
    png: makePng({ width: SIDE, height: SIDE, depth: 8, colourType: 2, rows }),
  };
}
