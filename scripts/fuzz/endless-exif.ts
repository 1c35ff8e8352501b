const BYTES = 65_500;

/** EXIF data whose directory says it has 65,535 entries, and has as many as fit into 64 KiB. */
export function endlessExif(): Uint8Array<ArrayBuffer> {
  const tiff = new Uint8Array(BYTES).fill(0x01);
  tiff.set([0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0xff, 0xff]);
  return tiff;
}
