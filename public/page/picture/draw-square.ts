import { resizeSquare } from '../../../functions/image/resize-square.ts';
import { uprightView } from '../../../functions/image/upright-view.ts';
import { PictureError } from './picture-error.ts';

/** What every browser's canvas holds; more is drawn smaller before it is resized. */
const MAX_DRAWN_PIXELS = 16_000_000;
const UPRIGHT = 1;

/**
 * Draws what the model sees of a picture, with the endpoint's own resizing: the endpoint, which resizes this once more,
 * changes nothing. What is transparent becomes white.
 *
 * @param image Decoded; browsers turn it upright by its EXIF orientation.
 * @param side Pixels a side that the model sees.
 * @returns A square PNG file.
 * @throws {PictureError} The browser has no room for it.
 */
export async function drawSquare(image: HTMLImageElement, side: number): Promise<Blob> {
  const { naturalWidth, naturalHeight } = image;
  const scale = Math.min(1, Math.sqrt(MAX_DRAWN_PIXELS / (naturalWidth * naturalHeight)));
  const width = Math.max(1, Math.floor(naturalWidth * scale));
  const height = Math.max(1, Math.floor(naturalHeight * scale));
  try {
    const large = contextOf(width, height);
    large.fillStyle = 'white';
    large.fillRect(0, 0, width, height);
    large.imageSmoothingQuality = 'high';
    large.drawImage(image, 0, 0, width, height);
    const { data } = large.getImageData(0, 0, width, height);
    const view = uprightView(width, height, UPRIGHT);
    const small = contextOf(side, side);
    const square = small.createImageData(side, side);
    square.data.set(withAlpha(resizeSquare(new Uint8Array(data.buffer), view, side)));
    small.putImageData(square, 0, 0);
    return await small.canvas.convertToBlob({ type: 'image/png' });
  } catch (cause) {
    throw new PictureError(
      `cannot shrink the picture: ${naturalWidth} × ${naturalHeight} pixels, ${String(cause)}`,
      { title: 'This picture is too large for this browser', step: 'Use a smaller copy of it.' },
    );
  }
}

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) throw new RangeError('no canvas');
  return context;
}

/** [n, 3] to [n, 4], opaque. */
function withAlpha(rgb: Uint8Array): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4).fill(255);
  for (let pixel = 0; pixel < rgb.length / 3; pixel++) {
    rgba.set(rgb.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
  }
  return rgba;
}
