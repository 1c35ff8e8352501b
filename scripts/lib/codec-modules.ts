import { readFile } from 'node:fs/promises';
import { growThrough, importMemory } from './import-memory.ts';

/** `wbg.__wbg_buffer_a448f833075b71ba`, of which the PNG codec needs nothing: `(i32) -> i32`, called with 0 by itself. */
const PNG_GROW_INDEX = 1;

/** The codecs as their packages build them, rewritten so that all instances can use one memory. */
export async function codecModules(): Promise<Record<'jpeg' | 'png', Uint8Array<ArrayBuffer>>> {
  const read = (file: string) => readFile(new URL(import.meta.resolve(file)));
  const jpeg = await read('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm');
  const png = await read('@jsquash/png/codec/pkg/squoosh_png_bg.wasm');
  return { jpeg: importMemory(jpeg), png: importMemory(growThrough(png, PNG_GROW_INDEX)) };
}
