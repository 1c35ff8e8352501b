import { EntailError } from '../lib/entail-error.ts';
import { checkImageSize } from './check-image-size.ts';
import type { PngChunk } from './png-chunk.ts';

/** A PNG's own header. */
export interface PngIhdr {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly depth: number;
  /** What the codec holds for each pixel: RGBA, and what it makes that of, as measured. */
  readonly bytesPerPixel: number;
  /** What the rows take before they are packed, a filter byte each; interlaced ones take some bytes a row more. */
  readonly rowsBytes: number;
  /** Whether samples are indices into PLTE. */
  readonly palette: boolean;
}

const IHDR_BYTES = 13;
const PALETTE_COLOUR_TYPE = 3;

/** Samples a pixel by colour type. */
const SAMPLES: Readonly<Record<number, number>> = {
  0: 1,
  2: 3,
  [PALETTE_COLOUR_TYPE]: 1,
  4: 2,
  6: 4,
};

/** Bits a sample by colour type (PNG specification, table 11.1). */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  [PALETTE_COLOUR_TYPE]: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/**
 * Reads IHDR (PNG specification, 11.2.1).
 *
 * @param chunk The file's first chunk.
 * @throws {EntailError} `image_corrupt`: not an IHDR, or one that makes no sense; `unsupported_png`:
 * Apple's private variant; `image_too_large`.
 */
export function pngIhdr(chunk: PngChunk): PngIhdr {
  if (chunk.type === 'CgBI') {
    throw new EntailError('unsupported_png', 'cannot take the PNG: variant for iPhones (CgBI)');
  }
  if (chunk.type !== 'IHDR' || chunk.data.length !== IHDR_BYTES) {
    throw corrupt(`${chunk.data.length} bytes of ${chunk.type} in place of IHDR`);
  }
  const header = new DataView(chunk.data.buffer, chunk.data.byteOffset, IHDR_BYTES);
  const width = header.getUint32(0);
  const height = header.getUint32(4);
  const depth = header.getUint8(8);
  const colourType = header.getUint8(9);
  if (!DEPTHS[colourType]?.includes(depth)) {
    throw corrupt(`colour type ${colourType} with ${depth} bits a sample`);
  }
  if (header.getUint8(10) !== 0 || header.getUint8(11) !== 0 || header.getUint8(12) > 1) {
    throw corrupt('unknown compression, filter or interlace method');
  }
  checkImageSize(width, height);
  return {
    width,
    height,
    depth,
    bytesPerPixel: bytesPerPixel(colourType, depth),
    rowsBytes: height * (1 + Math.ceil((width * depth * (SAMPLES[colourType] ?? 1)) / 8)),
    palette: colourType === PALETTE_COLOUR_TYPE,
  };
}

/** By colour type; grey of 16 bits is decoded to 16 bits. */
function bytesPerPixel(colourType: number, depth: number): number {
  if (colourType === 0 && depth === 16) return 12;
  return { 0: 5, 2: 9, [PALETTE_COLOUR_TYPE]: 9, 4: 6, 6: 4 }[colourType] ?? 12;
}

function corrupt(what: string): EntailError {
  return new EntailError('image_corrupt', `cannot read the PNG: ${what}`);
}
