import { PictureError } from './picture-error.ts';

/** The longest side that all browsers draw. */
const MAX_SIDE_PX = 8192;

/** A smaller copy of a picture. */
export interface Copy {
  /** PNG, so that nothing is lost but size. */
  readonly file: Blob;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws a picture as small as the model can do with: it sees a square, so the shorter side needs no more pixels than that
 * square's. What is transparent becomes white.
 *
 * @param image Decoded; upright, as browsers turn it by its EXIF orientation.
 * @param side Pixels a side that the model sees.
 * @throws {PictureError} The browser has no room for it.
 */
export async function shrink(image: HTMLImageElement, side: number): Promise<Copy> {
  const { naturalWidth, naturalHeight } = image;
  const scale = Math.min(1, side / Math.min(naturalWidth, naturalHeight));
  const width = Math.min(Math.round(naturalWidth * scale), MAX_SIDE_PX);
  const height = Math.min(Math.round(naturalHeight * scale), MAX_SIDE_PX);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw noRoom();
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  try {
    return { file: await canvas.convertToBlob({ type: 'image/png' }), width, height };
  } catch {
    throw noRoom();
  }
}

function noRoom(): PictureError {
  return new PictureError('cannot shrink the picture: the browser has no room for it', {
    title: 'This picture is too large for this browser',
    step: 'Use a smaller copy of it.',
  });
}
