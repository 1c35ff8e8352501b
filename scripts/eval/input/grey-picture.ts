import { PNG } from 'pngjs';

/** Whatever the size, the model sees one colour. */
const SIDE_PIXELS = 16;
const GREY = 128;
const OPAQUE = 255;

/** Draws the picture of the text-only baseline: grey, so that only the sentence can give the label away. */
export function greyPicture(): Uint8Array {
  const png = new PNG({ width: SIDE_PIXELS, height: SIDE_PIXELS });
  for (let i = 0; i < png.data.length; i++) png.data[i] = i % 4 === 3 ? OPAQUE : GREY;
  return PNG.sync.write(png);
}
