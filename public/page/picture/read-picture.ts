import { drawSquare } from './draw-square.ts';
import { loadImage } from './load-image.ts';
import type { Picture } from './picture.ts';
import { PictureError } from './picture-error.ts';

/** Cameras stay far below; a browser decodes what is inside all at once. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** A second on a slow uplink; larger files are shrunk. */
const MAX_AS_IT_IS_BYTES = 1024 * 1024;
/** The endpoint takes 3.6 megapixels of the kind that is dearest to decode. */
const MAX_AS_IT_IS_PIXELS = 3_500_000;

/**
 * Takes a visitor's file: as it is when it is a small JPEG or PNG, else the square that the
 * model sees of it. That is also the way in for what only the browser decodes, such as WebP, AVIF or HEIC.
 *
 * @param file Of any type; what it says of its own is not believed.
 * @param side Pixels a side that the model sees.
 * @throws {PictureError} It is too large, or no picture.
 */
export async function readPicture(file: File, side: number): Promise<Picture> {
  const name = file.name === '' ? 'picture' : file.name;
  if (file.size > MAX_FILE_BYTES) {
    const [size, limit] = [file.size, MAX_FILE_BYTES].map((bytes) => Math.round(bytes / 2 ** 20));
    throw new PictureError(`cannot take ${name}: ${size} MiB, at most ${limit} MiB`, {
      title: 'This file is too large',
      step: 'Use a smaller copy of it, for example a screenshot.',
    });
  }
  const preview = URL.createObjectURL(file);
  try {
    const image = await loadImage(preview, name);
    const { naturalWidth: width, naturalHeight: height } = image;
    const about = { url: null, preview, alt: `Your picture ${name}`, width, height };
    const small = file.size <= MAX_AS_IT_IS_BYTES && width * height <= MAX_AS_IT_IS_PIXELS;
    if (small && (await isJpegOrPng(file))) return { ...about, file, name, sentSide: null };
    const square = await drawSquare(image, side);
    const stem = name.replace(/\.\w+$/, '');
    return { ...about, file: square, name: `${stem}-${side}.png`, sentSide: side };
  } catch (error) {
    URL.revokeObjectURL(preview);
    throw error;
  }
}

async function isJpegOrPng(file: Blob): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 8).arrayBuffer());
  return [
    [0xff, 0xd8, 0xff],
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  ].some((magic) => magic.every((byte, i) => start[i] === byte));
}
