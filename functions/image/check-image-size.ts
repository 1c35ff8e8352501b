import { EntailError } from '../lib/entail-error.ts';

/** Most pixels of an image, wherever it is shrunk: Cloudflare Images takes no more. */
export const MAX_IMAGE_PIXELS = 100_000_000;

/**
 * Refuses a size that nothing behind the header should see; whether a decoder here may see it is said by
 * `checkDecoding()`.
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
