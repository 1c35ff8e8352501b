import { EOI, makeExifSegment, makeFrame, makeJpeg, makeSegment, SOI } from '../lib/make-jpeg.ts';
import { join } from '../lib/make-png.ts';
import { endlessExif } from './endless-exif.ts';
import { patchFrame, replaceFrame, replaceScan } from './patch-jpeg.ts';

const [APP1, APP2, COM, DHT, DQT, SOS, DNL] = [0xe1, 0xe2, 0xfe, 0xc4, 0xdb, 0xda, 0xdc];
const MAX_SEGMENT_BYTES = 65_533;

/**
 * JPEGs that claim much, repeat much, or nest, by what they do.
 *
 * @param jpeg A small one in colour that is all right, baseline, in one scan.
 * @param progressive The same, progressive.
 */
export function jpegBombs(
  jpeg: Uint8Array,
  progressive: Uint8Array,
): Readonly<Record<string, Uint8Array<ArrayBuffer>>> {
  const times = (count: number, part: Uint8Array) =>
    join(Array.from({ length: count }, () => part));
  const behindSoi = (...parts: readonly Uint8Array[]) =>
    join([SOI, ...parts, jpeg.subarray(SOI.length)]);
  const ahead = (...parts: readonly Uint8Array[]) =>
    join([jpeg.subarray(0, -EOI.length), ...parts, EOI]);
  const scan = (components: readonly number[], from: number, to: number) =>
    makeSegment(
      SOS,
      Uint8Array.of(components.length, ...components.flatMap((id) => [id, 0]), from, to, 0),
    );
  // A progressive file's further scans of one component: nearly no bytes, and a walk over the whole picture each.
  const walks = (count: number) =>
    join([
      progressive.subarray(0, -EOI.length),
      times(count, join([scan([1], 1, 63), Uint8Array.of(0)])),
      EOI,
    ]);
  return {
    'JPEG of 65,535 x 65,535': patchFrame(jpeg, { width: 65_535, height: 65_535 }),
    'JPEG of 32,768 x 32,768': patchFrame(jpeg, { width: 32_768, height: 32_768 }),
    'JPEG of 3,400 x 3,100 with data for a few pixels': patchFrame(jpeg, {
      width: 3400,
      height: 3100,
    }),
    'JPEG as wide as can be': patchFrame(jpeg, { width: 65_500, height: 160 }),
    'JPEG as tall as can be': patchFrame(jpeg, { width: 160, height: 65_500 }),
    'progressive JPEG of 3,400 x 3,100': patchFrame(progressive, { width: 3400, height: 3100 }),
    'large JPEG with one of three components': replaceScan(
      patchFrame(jpeg, { width: 3400, height: 3100 }),
      scan([1], 0, 63),
    ),
    'JPEG without width': patchFrame(jpeg, { width: 0 }),
    'JPEG whose height comes later': ahead(makeSegment(DNL, Uint8Array.of(0, 8))),
    'JPEG without height': patchFrame(jpeg, { height: 0 }),
    'JPEG of 4 x 4 times more chroma': replaceFrame(
      jpeg,
      makeFrame(0xc0, { width: 65_500, height: 160, components: 3 }).map((byte, at) =>
        at === 14 || at === 17 ? 0x44 : byte,
      ),
    ),
    '1,000 scans': walks(1000),
    '80 scans of 4 megapixels': patchFrame(walks(80), { width: 2500, height: 1600 }),
    '400,000 empty comments': behindSoi(times(400_000, makeSegment(COM))),
    '150 comments of 64 KiB': behindSoi(
      times(150, makeSegment(COM, new Uint8Array(MAX_SEGMENT_BYTES))),
    ),
    'Huffman tables of 64 KiB': behindSoi(
      makeSegment(DHT, new Uint8Array(MAX_SEGMENT_BYTES).fill(0xff)),
    ),
    '3,000 Huffman tables': behindSoi(
      times(3000, makeSegment(DHT, new Uint8Array(MAX_SEGMENT_BYTES >> 5))),
    ),
    'quantisation tables of 64 KiB': behindSoi(makeSegment(DQT, new Uint8Array(MAX_SEGMENT_BYTES))),
    'APP segments, one in another': behindSoi(nested(jpeg, 12)),
    'colour profile of 9 MB': behindSoi(times(140, makeSegment(APP2, profilePiece()))),
    'EXIF of 65,535 entries': behindSoi(makeExifSegment(endlessExif())),
    'segment longer than the file': behindSoi(Uint8Array.of(0xff, COM, 0xff, 0xff)),
    'segment of length 0': behindSoi(Uint8Array.of(0xff, COM, 0, 0)),
    '5 million restarts': ahead(times(4_900_000, Uint8Array.of(0xff, 0xd0))),
    '9 MiB of fill bytes': ahead(new Uint8Array(9 * 1024 * 1024).fill(0xff)),
    '9 MiB of stuffed bytes': ahead(times(4_700_000, Uint8Array.of(0xff, 0))),
    'JPEG of two frames': behindSoi(makeFrame(0xc0, { width: 2000, height: 2000 })),
    'JPEG of nothing': makeJpeg(),
  };
}

/** A piece of a colour profile that says it is the first of one. */
function profilePiece(): Uint8Array {
  return join([new TextEncoder().encode('ICC_PROFILE\0\x01\x01'), new Uint8Array(65_000)]);
}

/** A JPEG in an APP1 segment of a JPEG, and so on. */
function nested(jpeg: Uint8Array, depth: number): Uint8Array {
  let inner: Uint8Array = jpeg;
  for (let level = 0; level < depth; level++) {
    inner = join([SOI, makeSegment(APP1, inner), jpeg.subarray(SOI.length)]);
  }
  return makeSegment(APP1, inner.subarray(0, MAX_SEGMENT_BYTES));
}
