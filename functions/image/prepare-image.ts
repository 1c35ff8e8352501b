import type { Codecs } from './codecs.ts';

/** A picture in the model's input form, and what the answer says of the file. */
export interface PreparedImage {
  /** `[side, side, 3]`, RGB, 0-255, row-major. */
  readonly pixels: Uint8Array;
  readonly format: 'jpeg' | 'png';
  /** Pixels across, after the EXIF orientation. */
  readonly width: number;
  /** Pixels down, after the EXIF orientation. */
  readonly height: number;
}

export async function prepareImage(
  _bytes: Uint8Array,
  _side: number,
  _codecs: Codecs,
): Promise<PreparedImage> {
  throw new Error('being written');
}
