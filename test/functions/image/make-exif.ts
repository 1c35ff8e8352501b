/** One entry of a TIFF directory. */
export interface ExifEntry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** The value's four bytes, or the offset of the value, as a number of 16 or 32 bits. */
  readonly value: number;
}

/** The orientation as cameras write it. */
export function orientationEntry(value: number): ExifEntry {
  return { tag: 0x0112, type: 3, count: 1, value };
}

/** Writes a TIFF structure with one directory at offset 8, as it stands inside EXIF. */
export function makeExif(entries: readonly ExifEntry[], little = false): Uint8Array {
  const data = new DataView(new ArrayBuffer(8 + 2 + entries.length * 12 + 4));
  data.setUint32(0, little ? 0x49492a00 : 0x4d4d002a);
  data.setUint32(4, 8, little);
  data.setUint16(8, entries.length, little);
  entries.forEach((entry, index) => {
    const at = 10 + index * 12;
    data.setUint16(at, entry.tag, little);
    data.setUint16(at + 2, entry.type, little);
    data.setUint32(at + 4, entry.count, little);
    if (entry.type === 3 && entry.count === 1) data.setUint16(at + 8, entry.value, little);
    else data.setUint32(at + 8, entry.value, little);
  });
  return new Uint8Array(data.buffer);
}
