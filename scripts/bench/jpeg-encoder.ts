import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import createEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js';
import { repositoryFolder } from '../lib/repository-folder.ts';

/** mozjpeg's settings as its build wants them all; colour is YCbCr, 4:2:0. */
const SETTINGS = {
  quality: 85,
  baseline: true,
  arithmetic: false,
  progressive: false,
  optimize_coding: true,
  smoothing: 0,
  color_space: 3,
  quant_table: 3,
  trellis_multipass: false,
  trellis_opt_zero: false,
  trellis_opt_table: false,
  trellis_loops: 1,
  auto_subsample: false,
  chroma_subsample: 2,
  separate_chroma_quality: false,
  chroma_quality: 75,
};

/** Writes a picture as a JPEG. */
export type EncodeJpeg = (
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
  options?: { readonly progressive?: boolean; readonly chroma_subsample?: 1 | 2 },
) => Uint8Array<ArrayBuffer>;

/** Makes the encoder that comes with the decoder. */
export async function createJpegEncoder(): Promise<EncodeJpeg> {
  const file = join(repositoryFolder, 'node_modules/@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm');
  const module = await WebAssembly.compile(await readFile(file));
  const encoder = await createEncoder({
    noInitialRun: true,
    locateFile: (name: string) => name,
    instantiateWasm(imports: WebAssembly.Imports, done: (it: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports);
      done(instance);
      return instance.exports;
    },
  });
  return (rgba, width, height, { progressive = false, chroma_subsample = 2 } = {}) =>
    Uint8Array.from(
      encoder.encode(rgba, width, height, {
        ...SETTINGS,
        progressive,
        baseline: !progressive,
        chroma_subsample,
      }),
    );
}
