import { makeFrame, makeSegment, SOI } from '../lib/make-jpeg.ts';
import { join } from '../lib/make-png.ts';
import { patchFrame, replaceFrame } from './patch-jpeg.ts';
import type { Trial } from './trial.ts';

/** JPEGs that a decoder would have to give up on: CMYK, other depths, arithmetic and lossless coding, hierarchies. */
export function* refusedJpegs(jpeg: Uint8Array, count: number): Generator<Trial> {
  const variants: readonly (readonly [string, Uint8Array])[] = [
    ['CMYK', replaceFrame(jpeg, makeFrame(0xc0, { components: 4, width: 8 }))],
    ['progressive CMYK', replaceFrame(jpeg, makeFrame(0xc2, { components: 4, width: 8 }))],
    ['12 bits', patchFrame(jpeg, { marker: 0xc1, precision: 12 })],
    ['16 bits', patchFrame(jpeg, { precision: 16 })],
    ['lossless', patchFrame(jpeg, { marker: 0xc3 })],
    ['arithmetic', patchFrame(jpeg, { marker: 0xc9 })],
    ['progressive arithmetic', patchFrame(jpeg, { marker: 0xca })],
    ['lossless arithmetic', patchFrame(jpeg, { marker: 0xcb })],
    ['hierarchical', patchFrame(jpeg, { marker: 0xc5 })],
    ['two components', replaceFrame(jpeg, makeFrame(0xc0, { components: 2 }))],
  ];
  for (let n = 0; n < count; n++) {
    const [name, file] = variants[n % variants.length] ?? ['', jpeg];
    // A comment of its own: no file is sent twice.
    const comment = makeSegment(0xfe, new TextEncoder().encode(String(n)));
    yield { name: `${name}, ${n}`, bytes: join([SOI, comment, file.subarray(SOI.length)]) };
  }
}
