import { crc32, deflateSync } from 'node:zlib';

/** What a PNG in a test is made of; the rest is right by itself. */
export interface PngRecipe {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colourType: number;
  /** Compression, filter and interlace method. */
  readonly methods?: readonly [number, number, number];
  /** `[height, 1 + bytes of a row]`: every row with its filter byte in front. */
  readonly rows: Uint8Array;
  /** Chunks between IHDR and IDAT. */
  readonly before?: readonly Uint8Array[];
  /** Chunks between IDAT and IEND. */
  readonly after?: readonly Uint8Array[];
}

/** The signature of every PNG. */
export const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);

/** Writes one chunk with its right CRC. */
export function makeChunk(
  type: string,
  data: Uint8Array = new Uint8Array(0),
): Uint8Array<ArrayBuffer> {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return new Uint8Array(chunk);
}

/** Writes the IHDR chunk of a recipe. */
export function makeIhdr(recipe: Omit<PngRecipe, 'rows'>): Uint8Array<ArrayBuffer> {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(recipe.width, 0);
  data.writeUInt32BE(recipe.height, 4);
  data.set([recipe.depth, recipe.colourType, ...(recipe.methods ?? [0, 0, 0])], 8);
  return makeChunk('IHDR', data);
}

/** Writes a whole PNG. */
export function makePng(recipe: PngRecipe): Uint8Array<ArrayBuffer> {
  return join([
    SIGNATURE,
    makeIhdr(recipe),
    ...(recipe.before ?? []),
    makeChunk('IDAT', deflateSync(recipe.rows)),
    ...(recipe.after ?? []),
    makeChunk('IEND'),
  ]);
}

/** Puts pieces of a file together. */
export function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}
