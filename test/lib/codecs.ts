import { readFile } from 'node:fs/promises';
import type { Codecs, Decode, DecodedPicture } from '../../functions/image/codecs.ts';
import { createCodecs } from '../../wasm/create-codecs.ts';

/** The codecs' modules as Node compiles them; workerd imports the same files. */
const CODEC_FILES = {
  jpeg: '../../wasm/codecs/jpeg.wasm',
  png: '../../wasm/codecs/png.wasm',
} as const;

/** Compiles one of the codecs' modules. */
export async function compileCodec(format: keyof typeof CODEC_FILES): Promise<WebAssembly.Module> {
  const file = new URL(CODEC_FILES[format], import.meta.url);
  return WebAssembly.compile(await readFile(file));
}

/** Both codecs, as the Worker makes them. */
export async function nodeCodecs(): Promise<Codecs> {
  return createCodecs({ jpeg: await compileCodec('jpeg'), png: await compileCodec('png') });
}

/** A decoder whose pixels outlive it. */
export function copying(decode: Decode): (bytes: Uint8Array) => Promise<DecodedPicture> {
  return (bytes) => decode(bytes, ({ rgba, ...size }) => ({ ...size, rgba: rgba.slice() }));
}
