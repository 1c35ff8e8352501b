import { EntailError } from '../lib/entail-error.ts';
import { crc32 } from './crc32.ts';
import type { PngChunk } from './png-chunk.ts';

/** What every PNG starts with (PNG specification, 5.2); line-end conversion breaks it. */
export const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

/** Most chunks of a PNG: each costs a list entry however small it is. Encoders write IDATs of 8 KB or more. */
export const MAX_PNG_CHUNKS = 65_536;

/** Chunks without which there is no picture: their CRC counts wherever they stand. */
const PICTURE_CHUNKS: readonly string[] = ['IHDR', 'PLTE', 'IDAT', 'IEND'];

/** Length and type ahead of a chunk's data, CRC behind it. */
const CHUNK_HEAD_BYTES = 8;
const CHUNK_TAIL_BYTES = 4;

/**
 * Splits a PNG into its chunks, up to and with IEND; what follows is not looked at.
 *
 * CRCs are checked as Pillow checks them, in every chunk ahead of the picture's data, and beyond
 * Pillow in the picture's data and IEND.
 *
 * @param bytes A file that starts like a PNG.
 * @throws {EntailError} `image_truncated`: no IEND; `image_corrupt`: bad signature, type or CRC;
 * `unsupported_png`: more than {@linkcode MAX_PNG_CHUNKS} chunks.
 */
export function pngChunks(bytes: Uint8Array): PngChunk[] {
  checkSignature(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  let at: number = PNG_SIGNATURE.length;
  let data = false;
  for (;;) {
    if (at + CHUNK_HEAD_BYTES + CHUNK_TAIL_BYTES > bytes.length) throw truncated(bytes);
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + CHUNK_HEAD_BYTES));
    if (!/^[A-Za-z]{4}$/.test(type)) throw corrupt('a chunk without a type');
    const end = at + CHUNK_HEAD_BYTES + length;
    if (end + CHUNK_TAIL_BYTES > bytes.length) throw truncated(bytes);
    data ||= type === 'IDAT';
    if (!data || PICTURE_CHUNKS.includes(type)) {
      if (crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) {
        throw corrupt(`wrong CRC in chunk ${type}`);
      }
    }
    if (chunks.length === MAX_PNG_CHUNKS) {
      throw new EntailError(
        'unsupported_png',
        `cannot take the PNG: more than ${MAX_PNG_CHUNKS} chunks`,
      );
    }
    chunks.push({
      type,
      data: bytes.subarray(at + CHUNK_HEAD_BYTES, end),
      whole: bytes.subarray(at, end + CHUNK_TAIL_BYTES),
    });
    if (type === 'IEND') return chunks;
    at = end + CHUNK_TAIL_BYTES;
  }
}

function checkSignature(bytes: Uint8Array): void {
  if (PNG_SIGNATURE.some((byte, at) => at < bytes.length && bytes[at] !== byte)) {
    throw corrupt('damaged signature');
  }
}

function truncated(bytes: Uint8Array): EntailError {
  return new EntailError(
    'image_truncated',
    `cannot read the PNG: it ends after ${bytes.length} bytes, before its IEND`,
  );
}

function corrupt(what: string): EntailError {
  return new EntailError('image_corrupt', `cannot read the PNG: ${what}`);
}
