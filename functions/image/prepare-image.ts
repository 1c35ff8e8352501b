import { EntailError } from '../lib/entail-error.ts';
import { canDecode, checkDecoding } from './check-decoding.ts';
import { clipSixteenBits } from './clip-sixteen-bits.ts';
import type { Codecs } from './codecs.ts';
import type { ImageHeader } from './image-header.ts';
import { readHeader } from './read-header.ts';
import { resizeSquare } from './resize-square.ts';
import { uprightView } from './upright-view.ts';

/** Three times what the model sees: shrinking to it changes little, and any decoder can take the result. */
const SHRUNK_SIDE = 1440;

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
 * `exif_transpose`, `convert('RGB')` and `resize((side, side), BICUBIC)`. A picture that is too large to decode is
 * shrunk first where the platform can; then its pixels are near those, not equal.
 *
 * @example
 * const codecs = createCodecs({ jpeg, png });
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
  if (codecs.shrink !== undefined && !canDecode(header, bytes)) {
    const shrunk = await codecs.shrink(bytes, SHRUNK_SIDE);
    const { pixels } = await decode(readHeader(shrunk), shrunk, { side, codecs });
    const { width, height } = uprightView(header.width, header.height, header.orientation);
    return { pixels, format: header.format, width, height };
  }
  return decode(header, bytes, { side, codecs });
}

async function decode(
  header: ImageHeader,
  bytes: Uint8Array,
  { side, codecs }: { readonly side: number; readonly codecs: Codecs },
): Promise<PreparedImage> {
  checkDecoding(header, bytes);
  const view = uprightView(header.width, header.height, header.orientation);
  const pixels = await codecs[header.format](header.picture, ({ rgba, width, height }) => {
    if (width !== header.width || height !== header.height) {
      throw new EntailError(
        'image_corrupt',
        `cannot decode the image: ${width} x ${height} pixels came out, ` +
          `${header.width} x ${header.height} were announced`,
      );
    }
    return resizeSquare(rgba instanceof Uint16Array ? clipSixteenBits(rgba) : rgba, view, side);
  });
  return { pixels, format: header.format, width: view.width, height: view.height };
}
