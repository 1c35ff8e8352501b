/**
 * Makes a picture smaller that is too large to be decoded here.
 *
 * @param file A JPEG or PNG file.
 * @param side Most pixels a side of the result; the aspect stays, the EXIF orientation is applied.
 * @returns A PNG file.
 * @throws {EntailError} `storage_unavailable`: the service did not make it, for whatever reason.
 */
export type Shrink = (file: Uint8Array, side: number) => Promise<Uint8Array>;
