import { join } from './make-png.ts';

/** A frame header's fields, all but the coding process. */
export interface FrameRecipe {
  readonly precision?: number;
  readonly width?: number;
  readonly height?: number;
  readonly components?: number;
}

/** Start of every JPEG. */
export const SOI = Uint8Array.of(0xff, 0xd8);
/** End of every JPEG. */
export const EOI = Uint8Array.of(0xff, 0xd9);

/** Writes a marker with its length and data. */
export function makeSegment(
  marker: number,
  data: Uint8Array = new Uint8Array(0),
): Uint8Array<ArrayBuffer> {
  const length = data.length + 2;
  return join([Uint8Array.of(0xff, marker, length >> 8, length & 255), data]);
}

/** Writes a frame header of 16 x 8 grey pixels unless told otherwise. */
export function makeFrame(marker: number, recipe: FrameRecipe = {}): Uint8Array<ArrayBuffer> {
  const { precision = 8, width = 16, height = 8, components = 1 } = recipe;
  const fixed = [precision, height >> 8, height & 255, width >> 8, width & 255, components];
  const each = Array.from({ length: components }, (_, id) => [id, 0x11, 0]).flat();
  return makeSegment(marker, Uint8Array.from([...fixed, ...each]));
}

/** A scan header and some entropy-coded bytes with a stuffed FF and a restart marker. */
export const SCAN = join([
  makeSegment(0xda, Uint8Array.of(1, 0, 0, 0, 63, 0)),
  Uint8Array.of(0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56),
]);

/** Writes an APP1 segment with EXIF data. */
export function makeExifSegment(tiff: Uint8Array): Uint8Array<ArrayBuffer> {
  return makeSegment(0xe1, join([new TextEncoder().encode('Exif\0\0'), tiff]));
}

/** Writes a file that looks like a JPEG to a header reader; no decoder would take it. */
export function makeJpeg(...segments: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return join([SOI, ...segments, EOI]);
}
