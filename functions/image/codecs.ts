import type { Shrink } from './shrink.ts';

/** What a codec hands over: it lies in the memory of its instance, and is valid during the call only. */
export interface DecodedPicture {
  /**
   * `[height, width, 4]`, RGBA, alpha not multiplied in, row-major, as stored in the file (not yet
   * turned upright): 8 bits a channel, or 16 for a grey PNG of 16 bits and for that alone.
   */
  readonly rgba: Uint8Array | Uint16Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Decodes a file and makes something of its pixels where they lie: a copy of them would be memory that an isolate has
 * not. What `use` throws is passed on.
 */
export type Decode = <T>(bytes: Uint8Array, use: (picture: DecodedPicture) => T) => Promise<T>;

/** The two decoders, each call in a fresh WASM instance that is dropped afterwards, in memory made clean. */
export interface Codecs {
  /** @throws {EntailError} `image_corrupt`, `image_truncated`, `unsupported_jpeg` or `overloaded`. */
  readonly jpeg: Decode;
  /** @throws {EntailError} `image_corrupt` or `overloaded`. */
  readonly png: Decode;
  /** For pictures that neither may decode; absent where nothing can. */
  readonly shrink?: Shrink;
}
