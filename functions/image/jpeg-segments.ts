import { EntailError } from '../lib/entail-error.ts';
import { JPEG_MARKER } from './jpeg-marker.ts';

/** A marker and what follows it. */
export interface JpegSegment {
  readonly marker: number;
  /** Without the length field; empty for markers that stand alone. */
  readonly data: Uint8Array;
  /** Offset in the file of the first byte behind the segment. */
  readonly end: number;
}

/**
 * Walks the segments of a JPEG up to and with its EOI, finding markers where libjpeg finds them: bytes
 * between segments and entropy-coded data are passed over up to the next FF that a marker follows.
 *
 * Each step moves on by two bytes at least, so the walk ends with the file.
 *
 * @param bytes A file that starts with SOI.
 * @throws {EntailError} `image_truncated`: the file ends before its EOI; `image_corrupt`: a
 * reserved marker ahead of the picture's data.
 */
export function* jpegSegments(bytes: Uint8Array): Generator<JpegSegment, void, undefined> {
  let at = 2;
  let inScan = false;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) throw truncated(bytes);
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    at += 2;
    if (marker < JPEG_MARKER.SOF0) {
      // FF 00 is a stuffed byte; libjpeg resynchronises over the rest, Pillow wants none in a header.
      if (marker === 0 || inScan) continue;
      throw new EntailError(
        'image_corrupt',
        `cannot read the JPEG: reserved marker 0x${marker.toString(16)} in its header`,
      );
    }
    if (marker >= JPEG_MARKER.RST0 && marker <= JPEG_MARKER.EOI) {
      yield { marker, data: bytes.subarray(at, at), end: at };
      if (marker === JPEG_MARKER.EOI) return;
      continue;
    }
    // A length below 2 does not even count itself; libjpeg skips the field alone then.
    const length = Math.max(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0), 2);
    if (at + length > bytes.length) throw truncated(bytes);
    const end = at + length;
    yield { marker, data: bytes.subarray(at + 2, end), end };
    at = end;
    inScan ||= marker === JPEG_MARKER.SOS;
  }
}

function truncated(bytes: Uint8Array): EntailError {
  return new EntailError(
    'image_truncated',
    `cannot read the JPEG: it ends after ${bytes.length} bytes, before its end marker`,
  );
}
