/** What a codec hands over; the arrays may lie in the memory of its instance, which lives on as long as they do. */
export interface DecodedPicture {
  /**
   * `[height, width, 4]`, RGBA, alpha not multiplied in, row-major, as stored in the file (not yet
   * turned upright): 8 bits a channel, or 16 for a grey PNG of 16 bits and for that alone.
   */
  readonly rgba: Uint8Array | Uint16Array;
  readonly width: number;
  readonly height: number;
}

/** The two decoders, each call in a fresh WASM instance that is dropped afterwards. */
export interface Codecs {
  /** @throws {EntailError} `image_corrupt`, `image_truncated`, `unsupported_jpeg` or `overloaded`. */
  jpeg(bytes: Uint8Array): Promise<DecodedPicture>;
  /** @throws {EntailError} `image_corrupt` or `overloaded`. */
  png(bytes: Uint8Array): Promise<DecodedPicture>;
}
