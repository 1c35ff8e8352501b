import { EntailError } from '../lib/entail-error.ts';

/**
 * Most pixels of an image. At this limit a decoder was seen to hold up to 45 MB in WASM (progressive
 * JPEG without subsampling; RGB PNG) and 17 MB in JavaScript (JPEG), beside about 70 MB for runtime
 * and weights in an isolate of 128 MB; other JPEGs take 21 and 17.
 */
export const MAX_IMAGE_PIXELS = 4 * 1024 * 1024;

/**
 * Refuses a size that no codec should see.
 *
 * @param width Pixels across, as the header claims.
 * @param height Pixels down, as the header claims.
 * @throws {EntailError} `image_corrupt`: a side of 0; `image_too_large`: more than
 * {@linkcode MAX_IMAGE_PIXELS} pixels.
 */
export function checkImageSize(width: number, height: number): void {
  if (width === 0 || height === 0) {
    throw new EntailError('image_corrupt', `cannot read the image: ${width} x ${height} pixels`);
  }
  if (width * height > MAX_IMAGE_PIXELS) {
    throw new EntailError(
      'image_too_large',
      `cannot take the image: ${width} x ${height} is more than ${MAX_IMAGE_PIXELS} pixels`,
    );
  }
}
