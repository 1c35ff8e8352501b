import { EntailError } from '../lib/entail-error.ts';
import type { ImageHeader } from './image-header.ts';

const MIB = 1024 * 1024;
/** What an isolate has left for a file and its decoder, beside a loaded OFA-tiny: see docs/memory.md. */
export const MAX_DECODING_BYTES = 46 * MIB;
/** What a decoder holds whatever the picture: code, stack, rows in flight. */
const FIXED_BYTES = 2.5 * MIB;

/**
 * Says what decoding a file takes at its peak: the file, the codec's copy of it, and what the codec holds for each
 * pixel. docs/memory.md has the numbers by kind; `npm run bench` measures some of each.
 */
export function decodingBytes(
  { width, height, bytesPerPixel, picture }: ImageHeader,
  file: Uint8Array,
): number {
  return fileBytes(picture, file) + FIXED_BYTES + width * height * bytesPerPixel;
}

/**
 * Refuses a file whose decoding would take more than an isolate has left.
 *
 * @throws {EntailError} `image_too_large`, with the size that would fit.
 */
export function checkDecoding(header: ImageHeader, file: Uint8Array): void {
  const needed = decodingBytes(header, file);
  if (needed <= MAX_DECODING_BYTES) return;
  const { width, height, bytesPerPixel, picture } = header;
  const room = MAX_DECODING_BYTES - FIXED_BYTES - fileBytes(picture, file);
  const scale = Math.sqrt(Math.max(0, room) / (width * height * bytesPerPixel));
  const side = (pixels: number) => Math.floor(pixels * Math.min(scale, 1));
  throw new EntailError(
    'image_too_large',
    `cannot take the image: decoding its ${width} x ${height} pixels takes ${mib(needed)} MiB, there are ` +
      `${mib(MAX_DECODING_BYTES)}; shrink it to ${side(width)} x ${side(height)}, or send a baseline JPEG, which ` +
      'takes least',
  );
}

/** The file, what was left of it where that is a copy, and the codec's copy. */
function fileBytes(picture: Uint8Array, file: Uint8Array): number {
  const copies = picture.buffer === file.buffer ? 1 : 2;
  return file.length + copies * picture.length;
}

function mib(bytes: number): string {
  return (bytes / MIB).toFixed(0);
}
