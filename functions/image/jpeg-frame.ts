import { EntailError } from '../lib/entail-error.ts';
import { checkImageSize } from './check-image-size.ts';
import { JPEG_MARKER } from './jpeg-marker.ts';
import type { JpegSegment } from './jpeg-segments.ts';

/** The part of a frame header that matters before decoding. */
export interface JpegFrame {
  readonly width: number;
  readonly height: number;
  /** 1 or 3. */
  readonly components: number;
  /** Whether its data comes in several scans: all coefficients are held until the last. */
  readonly progressive: boolean;
  /** Samples of all components for each pixel: 3 without subsampling, 1.5 for 4:2:0, 1 for grey. */
  readonly samplesPerPixel: number;
}

/** Fixed part of a frame header behind its length: precision, height, width, component count. */
const FRAME_BYTES = 6;
/** Then, for each component: identifier, sampling factors, quantisation table. */
const COMPONENT_BYTES = 3;

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
  return {
    width,
    height,
    components,
    progressive: marker === JPEG_MARKER.SOF2,
    samplesPerPixel: samplesPerPixel(data, components),
  };
}

/**
 * @throws {EntailError} `image_corrupt`: the list of components is too short, or has a factor outside 1 to 4.
 * @see ITU-T T.81, A.1.1
 */
function samplesPerPixel(data: Uint8Array, components: number): number {
  if (data.length < FRAME_BYTES + components * COMPONENT_BYTES) {
    throw new EntailError(
      'image_corrupt',
      `cannot read the JPEG: frame header of ${data.length} bytes for ${components} components`,
    );
  }
  const factors = Array.from({ length: components }, (_, index) => {
    const byte = data[FRAME_BYTES + index * COMPONENT_BYTES + 1] ?? 0;
    return { across: byte >> 4, down: byte & 15 };
  });
  const all = factors.flatMap(({ across, down }) => [across, down]);
  if (all.some((factor) => factor < 1 || factor > 4)) {
    throw new EntailError('image_corrupt', `cannot read the JPEG: sampling factors ${all.join()}`);
  }
  const across = Math.max(...factors.map((factor) => factor.across));
  const down = Math.max(...factors.map((factor) => factor.down));
  return factors.reduce((sum, own) => sum + (own.across * own.down) / (across * down), 0);
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
