/** What the bytes say of an image before any codec exists. */
export interface ImageHeader {
  readonly format: 'jpeg' | 'png';
  /** Pixels across, as stored. */
  readonly width: number;
  /** Pixels down, as stored. */
  readonly height: number;
  /** 1 to 8, EXIF 2.32, tag 0112. */
  readonly orientation: number;
  /** What the codec holds for each pixel at its peak, RGBA included. */
  readonly bytesPerPixel: number;
  /** The file without what is not the picture: all that a codec gets to see. */
  readonly picture: Uint8Array;
}
