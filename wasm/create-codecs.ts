import type { Codecs } from '../functions/image/codecs.ts';
import { createCodecMemory } from './codec-memory.ts';
import { createJpegCodec } from './jpeg-codec.ts';
import { createPngCodec } from './png-codec.ts';
import type { WasmModules } from './wasm-modules.ts';

/** Makes both codecs, which share one memory. */
export function createCodecs({
  jpeg,
  png,
}: Pick<WasmModules, 'jpeg' | 'png'>): Pick<Codecs, 'jpeg' | 'png'> {
  const memory = createCodecMemory();
  return { jpeg: createJpegCodec(jpeg, memory), png: createPngCodec(png, memory) };
}
