import { EntailError } from '../lib/entail-error.ts';
import { fullPalette } from './full-palette.ts';
import type { ImageHeader } from './image-header.ts';
import type { PngChunk } from './png-chunk.ts';
import { PNG_SIGNATURE, pngChunks } from './png-chunks.ts';
import { pngIhdr } from './png-ihdr.ts';
import { readOrientation } from './read-orientation.ts';

/** Most bytes of PLTE: three for each value of 8 bits. */
const MAX_PALETTE_BYTES = 768;

/** A block of zlib's for each row, tables, a checksum. */
const [PACKING_BYTES, PACKING_BYTES_PER_ROW, PACKING_SHARE] = [64 * 1024, 16, 1.01];

/**
 * Reads a PNG's size and orientation and checks it to its end.
 *
 * `picture` is a PNG of IHDR, PLTE, IDAT and IEND alone. That is Pillow's RGB conversion (tRNS only
 * makes alpha, which is dropped), the default image of an animation, and out of reach of every
 * decompression bomb in a text or colour profile chunk.
 *
 * @param bytes The whole file, which starts like a PNG.
 * @throws {EntailError} `unsupported_png`, `image_too_large`, `image_truncated` or `image_corrupt`.
 */
export function readPngHeader(bytes: Uint8Array): ImageHeader {
  const chunks = pngChunks(bytes);
  const [first, ...rest] = chunks;
  const last = rest.at(-1);
  if (!first || !last) throw corrupt('nothing but an end in it');
  const { width, height, depth, palette, bytesPerPixel, rowsBytes } = pngIhdr(first);
  if (rest.some(({ type }) => type === 'IHDR')) throw corrupt('more than one IHDR');

  const begin = rest.findIndex(({ type }) => type === 'IDAT');
  const end = rest.findLastIndex(({ type }) => type === 'IDAT') + 1;
  const data = rest.slice(begin, end);
  if (begin < 0) throw corrupt('no IDAT');
  if (data.some(({ type }) => type !== 'IDAT')) throw corrupt('IDAT chunks apart from each other');
  const packed = data.reduce((bytes, chunk) => bytes + chunk.data.length, 0);
  // The codec unpacks all there is, a thousandfold at most, when it has the last row and needs no more.
  if (packed > rowsBytes * PACKING_SHARE + height * PACKING_BYTES_PER_ROW + PACKING_BYTES) {
    throw corrupt(`${packed} bytes of IDAT for rows of ${rowsBytes}`);
  }

  const parts = [Uint8Array.from(PNG_SIGNATURE), first.whole];
  if (palette) parts.push(fullPalette(findPalette(rest.slice(0, begin)), depth));
  for (const { whole } of [...data, last]) parts.push(whole);
  const exif = rest.find(({ type }) => type === 'eXIf');
  return {
    format: 'png',
    width,
    height,
    bytesPerPixel,
    orientation: exif ? readOrientation(exif.data) : 1,
    picture: concatenate(parts),
  };
}

function findPalette(chunks: readonly PngChunk[]): PngChunk | undefined {
  const palette = chunks.findLast(({ type }) => type === 'PLTE');
  if (palette && (palette.data.length % 3 !== 0 || palette.data.length > MAX_PALETTE_BYTES)) {
    throw corrupt(`PLTE of ${palette.data.length} bytes`);
  }
  return palette;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((bytes, part) => bytes + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function corrupt(what: string): EntailError {
  return new EntailError('image_corrupt', `cannot read the PNG: ${what}`);
}
