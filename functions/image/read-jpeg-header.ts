import { EntailError } from '../lib/entail-error.ts';
import type { ImageHeader } from './image-header.ts';
import { type JpegFrame, jpegFrame } from './jpeg-frame.ts';
import { JPEG_MARKER } from './jpeg-marker.ts';
import { jpegSegments } from './jpeg-segments.ts';
import { readOrientation } from './read-orientation.ts';

/**
 * Most scans of a JPEG: each makes a progressive decoder walk the whole picture, and a scan of 20
 * bytes is enough for that. Encoders that search for the best split write 64 at most.
 */
export const MAX_JPEG_SCANS = 100;

/** What a codec makes of each pixel. */
const RGBA_BYTES = 4;

/** What opens an APP1 segment that carries EXIF (EXIF 2.32, 4.7.2). */
const EXIF_SIGNATURE = 'Exif\0\0';

/**
 * Reads a JPEG's size and orientation and walks it to its end.
 *
 * As in libjpeg, entropy-coded data that is damaged is no reason to refuse a file that is complete.
 *
 * @param bytes The whole file, which starts with SOI; what follows EOI is left out of `picture`.
 * @throws {EntailError} `unsupported_jpeg`, `image_too_large`, `image_truncated` or `image_corrupt`.
 */
export function readJpegHeader(bytes: Uint8Array): ImageHeader {
  let frame: JpegFrame | null = null;
  let orientation: number | null = null;
  let scans = 0;
  let partialScans = false;
  let end = 0;
  for (const segment of jpegSegments(bytes)) {
    const { marker, data } = segment;
    end = segment.end;
    if (isFrameHeader(marker)) {
      if (frame) throw corrupt('more than one frame header');
      frame = jpegFrame(segment);
    } else if (marker === JPEG_MARKER.SOS) {
      if (!frame) throw corrupt('a scan ahead of the frame header');
      scans += 1;
      partialScans ||= data[0] !== frame.components;
      if (scans > MAX_JPEG_SCANS) {
        throw new EntailError(
          'unsupported_jpeg',
          `cannot take the JPEG: more than ${MAX_JPEG_SCANS} scans`,
        );
      }
    } else if (marker === JPEG_MARKER.SOI) {
      throw corrupt('a second start of image');
    } else if (isReserved(marker)) {
      throw corrupt(`reserved marker 0x${marker.toString(16)}`);
    } else if (marker === JPEG_MARKER.APP1 && scans === 0 && isExif(data)) {
      // The first block counts, as in Pillow.
      orientation ??= readOrientation(data.subarray(EXIF_SIGNATURE.length));
    }
  }
  if (!frame || scans === 0) throw corrupt('no picture in it');
  const { width, height, progressive, samplesPerPixel } = frame;
  // libjpeg holds 16-bit coefficients of all components when a scan does not bring them all, even where no other follows.
  const held = progressive || partialScans || scans > 1 ? samplesPerPixel * 2 : 0;
  return {
    format: 'jpeg',
    width,
    height,
    bytesPerPixel: RGBA_BYTES + held,
    orientation: orientation ?? 1,
    picture: bytes.subarray(0, end),
  };
}

/** SOF0 to SOF15 without the three other markers in that range, and DHP, the frame of a hierarchy. */
function isFrameHeader(marker: number): boolean {
  if (marker === JPEG_MARKER.DHT || marker === JPEG_MARKER.JPG || marker === JPEG_MARKER.DAC) {
    return false;
  }
  return marker <= JPEG_MARKER.SOF15 || marker === JPEG_MARKER.DHP || marker === JPEG_MARKER.EXP;
}

/** Markers that libjpeg stops at. */
function isReserved(marker: number): boolean {
  return marker === JPEG_MARKER.JPG || (marker >= JPEG_MARKER.JPG0 && marker <= JPEG_MARKER.JPG13);
}

function isExif(data: Uint8Array): boolean {
  const start = String.fromCharCode(...data.subarray(0, EXIF_SIGNATURE.length));
  return start === EXIF_SIGNATURE;
}

function corrupt(what: string): EntailError {
  return new EntailError('image_corrupt', `cannot read the JPEG: ${what}`);
}
