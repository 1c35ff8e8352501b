import { EntailError } from '../lib/entail-error.ts';
import { checkImageSize } from './check-image-size.ts';
import { JPEG_MARKER } from './jpeg-marker.ts';
import type { JpegSegment } from './jpeg-segments.ts';

/** The part of a frame header that matters before decoding. */
export interface JpegFrame {
  readonly width: number;
  readonly height: number;
}

/** Fixed part of a frame header behind its length: precision, height, width, component count. */
const FRAME_BYTES = 6;

/**
 * Reads a JPEG's frame header (ITU-T T.81, B.2.2) and refuses what the model cannot be shown: only
 * sequential and progressive Huffman frames of 8-bit grey or three-component colour go on.
 *
 * @param segment One of the SOF markers, or DHP.
 * @throws {EntailError} `unsupported_jpeg`, `image_too_large` or `image_corrupt`.
 */
export function jpegFrame(segment: JpegSegment): JpegFrame {
  const { marker, data } = segment;
  if (data.length < FRAME_BYTES) {
    throw new EntailError(
      'image_corrupt',
      `cannot read the JPEG: frame header of ${data.length} bytes`,
    );
  }
  const process = unsupportedProcess(marker);
  if (process) throw unsupported(process);
  const header = new DataView(data.buffer, data.byteOffset, FRAME_BYTES);
  const precision = header.getUint8(0);
  if (precision !== 8) throw unsupported(`${precision} bits a sample, not 8`);
  const components = header.getUint8(5);
  if (components === 4) throw unsupported('CMYK or YCCK colour');
  if (components !== 1 && components !== 3)
    throw unsupported(`${components} components, not 1 or 3`);
  const height = header.getUint16(1);
  const width = header.getUint16(3);
  checkImageSize(width, height);
  return { width, height };
}

/** The coding process of a frame when it is not one of the three that are decoded (T.81, table B.1). */
function unsupportedProcess(marker: number): string | null {
  switch (marker) {
    case JPEG_MARKER.SOF0:
    case JPEG_MARKER.SOF1:
    case JPEG_MARKER.SOF2:
      return null;
    case JPEG_MARKER.SOF3:
      return 'lossless coding';
    case JPEG_MARKER.SOF9:
    case JPEG_MARKER.SOF10:
      return 'arithmetic coding';
    case JPEG_MARKER.SOF11:
      return 'lossless arithmetic coding';
    default:
      return 'hierarchical coding';
  }
}

function unsupported(what: string): EntailError {
  return new EntailError('unsupported_jpeg', `cannot take the JPEG: ${what}`);
}
