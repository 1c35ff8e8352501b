/** What a codec hands over. */
export interface DecodedPicture {
  /** 8 bits a channel, `[height, width, 4]`, RGBA, row-major, as stored in the file (not yet turned upright). */
  readonly rgba: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The two decoders, each call in a fresh WASM instance that is dropped afterwards. */
export interface Codecs {
  /** @throws {EntailError} `image_corrupt`, `image_truncated` or `unsupported_jpeg`. */
  jpeg(bytes: Uint8Array): Promise<DecodedPicture>;
  /** @throws {EntailError} `image_corrupt`, `image_truncated` or `unsupported_png`. */
  png(bytes: Uint8Array): Promise<DecodedPicture>;
}
