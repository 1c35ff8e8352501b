/** One chunk of a PNG. */
export interface PngChunk {
  /** Four letters. */
  readonly type: string;
  readonly data: Uint8Array;
  /** The chunk as it stands in the file: length, type, data, CRC. */
  readonly whole: Uint8Array;
}
