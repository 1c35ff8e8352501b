import { open } from 'node:fs/promises';
import type { ReadPicture } from './read-picture.ts';
import type { ByteRange } from './scan-tsv.ts';

/** `+` and `/`, or `-` and `_`: OFA's reader takes both. */
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * Reads pictures out of a TSV, each when it is asked for.
 *
 * @param ranges Where each picture's base64 stands, by its name.
 * @returns A function that throws an Error naming the picture that cannot be read.
 */
export function picturesInTsv(path: string, ranges: ReadonlyMap<string, ByteRange>): ReadPicture {
  return async (image) => {
    const range = ranges.get(image);
    if (range === undefined) throw new Error(`cannot read the picture ${image}: it is not there`);
    const base64 = await readRange(path, range);
    if (!BASE64.test(base64)) {
      throw new Error(`cannot read the picture ${image}: its column is not base64`);
    }
    return Buffer.from(base64, 'base64');
  };
}

async function readRange(path: string, { start, length }: ByteRange): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
    if (bytesRead < length) throw new Error(`cannot read ${path}: it became shorter`);
    return buffer.toString('latin1');
  } finally {
    await file.close();
  }
}
