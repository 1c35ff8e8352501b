import { EntailError } from '../lib/entail-error.ts';
import type { ImageHeader } from './image-header.ts';

const MIB = 1024 * 1024;
/**
 * What the codecs' memory may grow to beside a loaded OFA-tiny: docs/memory.md. It stays as large as its largest
 * picture made it, so files are bounded apart from it.
 */
export const MAX_CODEC_BYTES = 38 * MIB;
/** What a file may take outside the codecs' memory. */
export const MAX_HELD_BYTES = 8 * MIB;
/** What a codec holds whatever the picture: code, stack, rows in flight. */
const FIXED_BYTES = 2.5 * MIB;

/**
 * Says what a codec holds at its peak: its copy of the file and what it needs for each pixel. docs/memory.md has the
 * numbers by kind; `npm run bench` measures some of each.
 */
export function codecBytes({ width, height, bytesPerPixel, picture }: ImageHeader): number {
  return picture.length + FIXED_BYTES + width * height * bytesPerPixel;
}

/** Says what is held outside the codec: the file, and what was left of it where that is a copy. */
export function heldBytes({ picture }: ImageHeader, file: Uint8Array): number {
  return file.length + (picture.buffer === file.buffer ? 0 : picture.length);
}

/** Whether an isolate has room to decode a file. */
export function canDecode(header: ImageHeader, file: Uint8Array): boolean {
  return codecBytes(header) <= MAX_CODEC_BYTES && heldBytes(header, file) <= MAX_HELD_BYTES;
}

/**
 * Refuses a file whose decoding would take more than an isolate has left.
 *
 * @throws {EntailError} `image_too_large`, with the size that would fit.
 */
export function checkDecoding(header: ImageHeader, file: Uint8Array): void {
  if (canDecode(header, file)) return;
  const { width, height, bytesPerPixel, picture } = header;
  const needed = codecBytes(header);
  if (needed > MAX_CODEC_BYTES) {
    const room = MAX_CODEC_BYTES - FIXED_BYTES - picture.length;
    const scale = Math.sqrt(room / (width * height * bytesPerPixel));
    const side = (pixels: number) => Math.floor(pixels * scale);
    throw new EntailError(
      'image_too_large',
      `cannot take the image: decoding its ${width} x ${height} pixels takes ${mib(needed)} MiB, there are ` +
        `${mib(MAX_CODEC_BYTES)}; shrink it to ${side(width)} x ${side(height)}, or send a baseline JPEG, which ` +
        'takes least',
    );
  }
  const held = heldBytes(header, file);
  throw new EntailError(
    'image_too_large',
    `cannot take the image: its file takes ${mib(held)} MiB here, there are ${mib(MAX_HELD_BYTES)}; compress it ` +
      'more, or shrink it' +
      (held > file.length ? '; a PNG with nothing but its picture takes half as much' : ''),
  );
}

/** Rounded up, so that what is too much never looks as if it were not. */
function mib(bytes: number): string {
  return (Math.ceil((bytes / MIB) * 10) / 10).toString();
}
