import { crc32 } from 'node:zlib';
import { splitParts } from './split-parts.ts';

/** Length and type of a chunk. */
const HEAD_BYTES = 8;
const CRC_BYTES = 4;

/** A copy of a PNG with the CRC of each chunk right again, so that damage gets further; other files stay as they are. */
export function repairCrcs(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(file);
  const { format, parts } = splitParts(copy);
  if (format !== 'png') return copy;
  for (const chunk of parts.slice(1)) {
    if (chunk.length < HEAD_BYTES + CRC_BYTES) continue;
    const end = chunk.length - CRC_BYTES;
    new DataView(chunk.buffer, chunk.byteOffset + end).setUint32(0, crc32(chunk.subarray(4, end)));
  }
  return copy;
}
