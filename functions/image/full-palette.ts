import { crc32 } from './crc32.ts';
import type { PngChunk } from './png-chunk.ts';

const CHUNK_HEAD_BYTES = 8;
const CHUNK_TAIL_BYTES = 4;

/**
 * Writes a PLTE chunk with an entry for every index a sample can hold, so that a picture with a
 * short palette, or none, comes out as from Pillow: entry i that the file lacks is (i, i, i).
 *
 * @param palette The file's PLTE, if it has one.
 * @param depth Bits a sample, 1 to 8.
 * @returns The whole chunk: length, type, data, CRC.
 */
export function fullPalette(palette: PngChunk | undefined, depth: number): Uint8Array {
  const entries = 2 ** depth;
  const chunk = new Uint8Array(CHUNK_HEAD_BYTES + entries * 3 + CHUNK_TAIL_BYTES);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, entries * 3);
  chunk.set([0x50, 0x4c, 0x54, 0x45], 4);
  const data = chunk.subarray(CHUNK_HEAD_BYTES, -CHUNK_TAIL_BYTES);
  for (let i = 0; i < data.length; i++) data[i] = palette?.data[i] ?? Math.trunc(i / 3);
  view.setUint32(chunk.length - CHUNK_TAIL_BYTES, crc32(chunk.subarray(4, -CHUNK_TAIL_BYTES)));
  return chunk;
}
