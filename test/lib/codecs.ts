import { readFile } from 'node:fs/promises';
import type { Codecs, Decode, DecodedPicture } from '../../functions/image/codecs.ts';
import { createJpegCodec } from '../../wasm/jpeg-codec.ts';
import { createPngCodec } from '../../wasm/png-codec.ts';

/** The codecs' modules as Node compiles them; workerd imports the same files. */
const CODEC_FILES = {
  jpeg: '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  png: '@jsquash/png/codec/pkg/squoosh_png_bg.wasm',
} as const;

/** Compiles one of the codecs' modules. */
export async function compileCodec(format: keyof typeof CODEC_FILES): Promise<WebAssembly.Module> {
  const file = new URL(import.meta.resolve(CODEC_FILES[format]));
  return WebAssembly.compile(await readFile(file));
}

/** Both codecs, as the Worker makes them. */
export async function nodeCodecs(): Promise<Codecs> {
  return {
    jpeg: createJpegCodec(await compileCodec('jpeg')),
    png: createPngCodec(await compileCodec('png')),
  };
}

/** A decoder whose pixels outlive it. */
export function copying(decode: Decode): (bytes: Uint8Array) => Promise<DecodedPicture> {
  return (bytes) => decode(bytes, ({ rgba, ...size }) => ({ ...size, rgba: rgba.slice() }));
}
