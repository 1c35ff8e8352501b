import { EntailError } from '../lib/entail-error.ts';
import { clipSixteenBits } from './clip-sixteen-bits.ts';
import type { Codecs } from './codecs.ts';
import { readHeader } from './read-header.ts';
import { resizeSquare } from './resize-square.ts';
import { uprightView } from './upright-view.ts';

/** A picture in the model's input form, and what the answer says of the file. */
export interface PreparedImage {
  /** `[side, side, 3]`, RGB, 0-255, row-major. */
  readonly pixels: Uint8Array;
  readonly format: 'jpeg' | 'png';
  /** Pixels across, after the EXIF orientation. */
  readonly width: number;
  /** Pixels down, after the EXIF orientation. */
  readonly height: number;
}

/**
 * Turns the bytes of a JPEG or PNG file into the model's input pixels, as Pillow 9.4 does with
 * `exif_transpose`, `convert('RGB')` and `resize((side, side), BICUBIC)`.
 *
 * @example
 * const codecs = { jpeg: createJpegCodec(jpegModule), png: createPngCodec(pngModule) };
 * const { pixels } = await prepareImage(bytes, 480, codecs);
 *
 * @param bytes The whole file.
 * @param side Pixels a side of the result.
 * @param codecs The two decoders; none runs before the header has been found good.
 * @throws {EntailError} `unsupported_media`, `unsupported_jpeg`, `unsupported_png`,
 * `image_too_large`, `image_truncated`, `image_corrupt` or `overloaded`.
 */
export async function prepareImage(
  bytes: Uint8Array,
  side: number,
  codecs: Codecs,
): Promise<PreparedImage> {
  const header = readHeader(bytes);
  const decoded = await codecs[header.format](header.picture);
  if (decoded.width !== header.width || decoded.height !== header.height) {
    throw new EntailError(
      'image_corrupt',
      `cannot decode the image: ${decoded.width} x ${decoded.height} pixels came out, ` +
        `${header.width} x ${header.height} were announced`,
    );
  }
  const { rgba } = decoded;
  const view = uprightView(header.width, header.height, header.orientation);
  return {
    pixels: resizeSquare(rgba instanceof Uint16Array ? clipSixteenBits(rgba) : rgba, view, side),
    format: header.format,
    width: view.width,
    height: view.height,
  };
}
