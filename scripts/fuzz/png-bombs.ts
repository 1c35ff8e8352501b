import { constants, deflateRawSync, deflateSync } from 'node:zlib';
import { join, makeChunk, makeIhdr, makePng, type PngRecipe, SIGNATURE } from '../lib/make-png.ts';
import { endlessExif } from './endless-exif.ts';

const MIB = 1024 * 1024;
const GREY = { width: 1, height: 1, depth: 8, colourType: 0 } as const;
const ROWS = new Uint8Array(2);
const IEND = makeChunk('IEND');

/** PNGs that claim much, unpack to much, or count to much, by what they do. */
export function pngBombs(): Readonly<Record<string, Uint8Array<ArrayBuffer>>> {
  const zeros = deflateSync(new Uint8Array(100 * MIB));
  const text = (head: string) => join([new TextEncoder().encode(head), zeros]);
  const sized = (width: number, height: number, more: Partial<PngRecipe> = {}) =>
    makePng({ ...GREY, width, height, rows: ROWS, ...more });
  const chunks = (...parts: readonly Uint8Array[]) =>
    join([SIGNATURE, makeIhdr(GREY), ...parts, IEND]);
  const data = deflateSync(ROWS);
  const frames = makeChunk('acTL', Uint8Array.of(0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0));
  return {
    'PNG of 30,000 x 30,000': sized(30_000, 30_000, { colourType: 2 }),
    'PNG of the largest size': sized(0x7fff_ffff, 0x7fff_ffff, { depth: 16, colourType: 6 }),
    'PNG beyond the largest size': sized(0xffff_ffff, 0xffff_ffff),
    'PNG of one row of 100 million': sized(100_000_000, 1),
    'PNG of 6,000 x 6,000 in 16 bits': sized(6000, 6000, { depth: 16 }),
    'PNG of 3,000 x 2,900 without rows': sized(3000, 2900),
    'interlaced PNG without rows': sized(2900, 2900, { methods: [0, 0, 1] }),
    'PNG without width': sized(0, 8),
    'PNG without height': sized(8, 0),
    'zTXt of 100 MiB': sized(1, 1, { before: [makeChunk('zTXt', text('a\0\0'))] }),
    'iTXt of 100 MiB': sized(1, 1, { before: [makeChunk('iTXt', text('a\0\x01\0\0\0'))] }),
    'iCCP of 100 MiB': sized(1, 1, { before: [makeChunk('iCCP', text('a\0\0'))] }),
    'IDAT of 100 MiB for one pixel': chunks(makeChunk('IDAT', zeros)),
    'IDAT of 9 GiB for one pixel': chunks(makeChunk('IDAT', repeatedZeros(576))),
    // No more data than its rows may take, so it is unpacked to its end; 9 GiB would be let through too.
    'IDAT of 1 GiB for 2.4 megapixels': join([
      SIGNATURE,
      makeIhdr({ width: 1600, height: 1500, depth: 8, colourType: 6 }),
      makeChunk('IDAT', repeatedZeros(64)),
      IEND,
    ]),
    'IDAT in 50,000 empty chunks': chunks(
      ...Array.from({ length: 50_000 }, () => makeChunk('IDAT')),
      makeChunk('IDAT', data),
    ),
    'PNG of 70,000 chunks': chunks(
      ...Array.from({ length: 70_000 }, () => makeChunk('teSt')),
      makeChunk('IDAT', data),
    ),
    'chunk that claims 4 GiB': chunks(
      Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x49, 0x44, 0x41, 0x54),
    ),
    'chunk that claims too little': chunks(
      makeChunk('IDAT', data).map((byte, at) => (at === 3 ? 2 : byte)),
    ),
    'animation of 2 billion frames': chunks(frames, makeChunk('IDAT', data)),
    'palette of 3 MB': sized(1, 1, {
      colourType: 3,
      before: [makeChunk('PLTE', new Uint8Array(3_000_000))],
    }),
    'EXIF of 65,535 entries in a PNG': sized(1, 1, { before: [makeChunk('eXIf', endlessExif())] }),
    'back-references before the data': chunks(
      makeChunk('IDAT', Uint8Array.of(0x78, 0x9c, 0x4b, 0x04, 0xff, 0xff, 0xff, 0x00)),
    ),
  };
}

/** A zlib stream of 16 MiB of zeros, so many times over; the checksum behind it is wrong. */
function repeatedZeros(times: number): Uint8Array {
  const options = { finishFlush: constants.Z_FULL_FLUSH };
  const block = deflateRawSync(new Uint8Array(16 * MIB), options);
  const last = Uint8Array.of(0x01, 0x00, 0x00, 0xff, 0xff);
  return join([
    Uint8Array.of(0x78, 0x01),
    ...Array.from({ length: times }, () => block),
    last,
    new Uint8Array(4),
  ]);
}
