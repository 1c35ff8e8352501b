const ORIENTATION_TAG = 0x0112;
const ENTRY_BYTES = 12;
const UNSIGNED_SHORT = 3;
const UNSIGNED_LONG = 4;

/** Bytes of one value by field type (TIFF 6.0 page 15, and the two later types that Pillow knows). */
const TYPE_BYTES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
};

/**
 * Reads the orientation from EXIF data the way Pillow's `exif_transpose` comes by it.
 *
 * Garbage is no reason to refuse a picture: it means upright. Like Pillow, the walk ends at the
 * first entry whose value lies outside the data, and the last orientation before that counts.
 *
 * @param tiff The TIFF structure inside the EXIF block, either byte order.
 * @returns 1 to 8 (EXIF 2.32, tag 0112); 1 when there is none that makes sense.
 */
export function readOrientation(tiff: Uint8Array): number {
  const data = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (data.byteLength < 8) return 1;
  const magic = data.getUint32(0);
  const little = magic === 0x49492a00 || magic === 0x4949002a;
  if (!little && magic !== 0x4d4d002a && magic !== 0x4d4d2a00) return 1;

  const directory = data.getUint32(4, little);
  if (directory + 2 > data.byteLength) return 1;
  const entries = data.getUint16(directory, little);
  let orientation = 1;
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * ENTRY_BYTES;
    if (entry + ENTRY_BYTES > data.byteLength) break;
    const type = data.getUint16(entry + 2, little);
    const bytes = (TYPE_BYTES[type] ?? 0) * data.getUint32(entry + 4, little);
    if (bytes === 0) continue;
    const at = bytes > 4 ? data.getUint32(entry + 8, little) : entry + 8;
    if (at + bytes > data.byteLength) break;
    if (data.getUint16(entry, little) !== ORIENTATION_TAG) continue;
    orientation = 1;
    if (type === UNSIGNED_SHORT) orientation = data.getUint16(at, little);
    if (type === UNSIGNED_LONG) orientation = data.getUint32(at, little);
  }
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}
