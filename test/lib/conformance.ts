import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clipSixteenBits } from '../../functions/image/clip-sixteen-bits.ts';
import type { DecodedPicture } from '../../functions/image/codecs.ts';
import type { ErrorCode } from '../../functions/lib/entail-error.ts';
import { sharedFolder } from './shared-folder.ts';

/** What Pillow 9.4 made of a file, before turning it upright. */
export interface ConformanceFile {
  readonly file: string;
  readonly pillow: {
    readonly ok: boolean;
    readonly orientation?: number | null;
    /** Of lossless pictures: SHA-256 of `[height, width, 3]`. */
    readonly rgb_sha256?: string;
    /** `[8, 8, 3]` in base64: `resize((8, 8), BOX)`. */
    readonly grid8?: string;
  };
}

/** Files that Pillow reads and that are refused here, each for a reason of its own. */
export const REFUSED: Readonly<Record<string, ErrorCode>> = {
  'bomb/black-6000x6000.jpg': 'image_too_large',
  'jpeg-baseline/ycck.jpg': 'unsupported_jpeg',
  'jpeg-odd/cmyk-grey.jpg': 'unsupported_jpeg',
  'jpeg-odd/cmyk-sample-no-icc.jpg': 'unsupported_jpeg',
  'jpeg-odd/jfif-cmyk-invalid-icc-profile-srgb.jpg': 'unsupported_jpeg',
  'jpeg-odd/pil_sample_cmyk.jpg': 'unsupported_jpeg',
  'jpeg-odd/read-error1027.jpg': 'unsupported_jpeg',
  'other-format/hopper.gif': 'unsupported_media',
  'other-format/hopper.ico': 'unsupported_media',
  'other-format/hopper.webp': 'unsupported_media',
  'other-format/sample.gif': 'unsupported_media',
  'wrong-extension/gif-as.png': 'unsupported_media',
  'wrong-extension/webp-as.jpg': 'unsupported_media',
  // Its IEND is cut off; Pillow stops reading when it has the last row.
  'png-broken/gen-truncated-30593.png': 'image_truncated',
};

/** Files that Pillow refuses and that are answered here, from data whose CRCs are all right. */
export const ANSWERED: readonly string[] = [
  // The Adler-32 behind the pixels is wrong; the codec does not compare it.
  'png-broken/badadler.png',
  // Its colour profile would unpack to 20 MB; no profile is ever unpacked here.
  'bomb/bomb-iccp-20MB.png',
];

/** Most that a mean of the grid may be off: Pillow rounds it to 8 bits in each of two passes. */
const GRID_TOLERANCE = 1;

/** JPEGs that mozjpeg 3 and libjpeg-turbo 2.1 decode differently. */
const GRID_TOLERANCES: Readonly<Record<string, number>> = {
  // Chroma halved down only (4:4:0): libjpeg-turbo smooths it since 2.1, mozjpeg repeats rows.
  'jpeg-odd/peacock.s-weird.jpeg': 2,
  // Damaged data, coefficients beyond 16 bits: SIMD wraps where C does not. Noise in either.
  'jpeg-broken/subtract-with-overflow.jpg': 255,
};

const shared = sharedFolder();
const folder = shared === null ? null : join(shared, 'conformance');

/** Why tests of these files do not run. */
export const SKIP_CONFORMANCE = folder === null ? 'shared/ is not beside this checkout' : false;

/** All files; none where the folder is not there. */
export const CONFORMANCE_FILES: readonly ConformanceFile[] =
  folder === null ? [] : JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));

/** Reads one of the files. */
export function conformanceFile(file: string): Uint8Array {
  return new Uint8Array(readFileSync(join(folder ?? '', file)));
}

/** The picture as stored, `[height, width, 3]`. */
export function toRgb({ rgba }: DecodedPicture): Uint8Array {
  return (rgba instanceof Uint16Array ? clipSixteenBits(rgba) : rgba).filter((_, i) => i % 4 !== 3);
}

/** Which of `size` samples fall into cell `index` of 8, as Pillow's BOX filter has it. */
function cell(size: number, index: number): [number, number] {
  const scale = size / 8;
  const centre = (index + 0.5) * scale;
  const reach = Math.max(scale, 1) / 2;
  return [Math.trunc(centre - reach + 0.5), Math.min(Math.trunc(centre + reach + 0.5), size)];
}

/** Whether the means of a picture's 8 x 8 cells are Pillow's. */
export function agreesWithPillow(
  picture: DecodedPicture,
  { file, pillow }: ConformanceFile,
): boolean {
  const grid = Buffer.from(pillow.grid8 ?? '', 'base64');
  if (grid.length !== 192) throw new Error(`${file} has a grid of ${grid.length} bytes`);
  return gridDeviation(picture, grid) <= (GRID_TOLERANCES[file] ?? GRID_TOLERANCE);
}

/** Largest distance between the means and Pillow's. */
function gridDeviation(picture: DecodedPicture, grid: Uint8Array): number {
  const rgb = toRgb(picture);
  const { width, height } = picture;
  const deviations = Array.from(grid, (expected, at) => {
    const [left, right] = cell(width, Math.trunc(at / 3) % 8);
    const [top, bottom] = cell(height, Math.trunc(at / 24));
    let sum = 0;
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) sum += rgb[(y * width + x) * 3 + (at % 3)] ?? 0;
    }
    return Math.abs(sum / ((right - left) * (bottom - top)) - expected);
  });
  return Math.max(...deviations);
}
