import { EntailError } from '../lib/entail-error.ts';

const GIF = /^GIF8/;
const WEBP = /^RIFF.{4}WEBP/s;
const TIFF = /^(II[*+]\0|MM\0[*+])/;
const BMP = /^BM/;
// ISO 14496-12: a box of type `ftyp` whose major brand names the format.
const AVIF = /^.{4}ftypavi[fs]/s;
const HEIC = /^.{4}ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1)/s;
const SVG = /^(\u00ef\u00bb\u00bf)?\s*<(svg|.*<svg)[\s>]/is;

const REFUSED_FORMATS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['GIF', GIF],
  ['WebP', WEBP],
  ['AVIF', AVIF],
  ['HEIC', HEIC],
  ['TIFF', TIFF],
  ['BMP', BMP],
  ['SVG', SVG],
];

/** Enough for every magic number and for an SVG behind its XML declaration and a comment. */
const MAX_SNIFF_BYTES = 512;

/**
 * Tells a JPEG from a PNG by the first bytes, whatever the file's name or declared type.
 *
 * @param bytes The whole file.
 * @throws {EntailError} `unsupported_media`: anything else, named where it is a known image format.
 */
export function imageType(bytes: Uint8Array): 'jpeg' | 'png' {
  const start = String.fromCharCode(...bytes.subarray(0, MAX_SNIFF_BYTES));
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (start.startsWith('\x89PNG')) return 'png';
  const format = REFUSED_FORMATS.find(([, pattern]) => pattern.test(start));
  const found = format ? format[0] : 'not an image format known here';
  throw new EntailError(
    'unsupported_media',
    `cannot read the image: ${found}; JPEG and PNG are accepted`,
  );
}
