import { join } from '../lib/make-png.ts';
import { splitParts } from './split-parts.ts';

const SOS = 0xda;
/** Offsets in a frame's segment, marker included. */
const [PRECISION_AT, HEIGHT_AT, WIDTH_AT] = [4, 5, 7];

/** What to change in a JPEG's frame header. */
export interface FramePatch {
  /** The second byte of its marker: which coding process. */
  readonly marker?: number;
  readonly precision?: number;
  readonly width?: number;
  readonly height?: number;
}

/** A copy of a JPEG whose frame header says something else; the data stays. */
export function patchFrame(jpeg: Uint8Array, patch: FramePatch): Uint8Array<ArrayBuffer> {
  return withParts(jpeg, isFrame, (frame) => {
    const view = new DataView(frame.buffer);
    if (patch.marker !== undefined) view.setUint8(1, patch.marker);
    if (patch.precision !== undefined) view.setUint8(PRECISION_AT, patch.precision);
    if (patch.height !== undefined) view.setUint16(HEIGHT_AT, patch.height);
    if (patch.width !== undefined) view.setUint16(WIDTH_AT, patch.width);
    return frame;
  });
}

/** A copy with its frame header replaced. */
export function replaceFrame(jpeg: Uint8Array, frame: Uint8Array): Uint8Array<ArrayBuffer> {
  return withParts(jpeg, isFrame, () => frame);
}

/** A copy with other scan headers in place of its first, the data behind the last. */
export function replaceScan(jpeg: Uint8Array, scan: Uint8Array): Uint8Array<ArrayBuffer> {
  return withParts(
    jpeg,
    (marker) => marker === SOS,
    () => scan,
  );
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xc2;
}

function withParts(
  jpeg: Uint8Array,
  wanted: (marker: number) => boolean,
  change: (part: Uint8Array<ArrayBuffer>) => Uint8Array,
): Uint8Array<ArrayBuffer> {
  const parts = splitParts(jpeg).parts.map((part) =>
    part[0] === 0xff && wanted(part[1] ?? 0) ? change(Uint8Array.from(part)) : part,
  );
  return Uint8Array.from(join(parts));
}
