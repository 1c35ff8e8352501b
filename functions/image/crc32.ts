const REVERSED_POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ REVERSED_POLYNOMIAL : crc >>> 1;
  return crc;
});

/**
 * The CRC-32 of PNG and zip (ISO 3309; PNG specification, annex D).
 *
 * @returns 0 to 2^32 - 1.
 */
export function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  // Indexed, not for-of: a file of some MB passes through here.
  for (let at = 0; at < bytes.length; at++) {
    crc = (TABLE[(crc ^ (bytes[at] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}
