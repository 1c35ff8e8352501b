/** A picture with alpha: RGBA, colours multiplied by alpha, row-major, 8 bits a channel. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
