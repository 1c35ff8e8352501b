import type { ImageHeader } from './image-header.ts';
import { imageType } from './image-type.ts';
import { readJpegHeader } from './read-jpeg-header.ts';
import { readPngHeader } from './read-png-header.ts';

/**
 * Reads type, size and orientation, and refuses all that a codec must not see.
 *
 * @param bytes The whole file.
 * @throws {EntailError} `unsupported_media`, `unsupported_jpeg`, `unsupported_png`,
 * `image_too_large`, `image_truncated` or `image_corrupt`.
 */
export function readHeader(bytes: Uint8Array): ImageHeader {
  return imageType(bytes) === 'jpeg' ? readJpegHeader(bytes) : readPngHeader(bytes);
}
