import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import encode, { init } from '@jsquash/jpeg/encode.js';
import { PNG } from 'pngjs';
import { repositoryFolder } from '../../lib/repository-folder.ts';

/** Flickr30k's own files are of about this quality. */
const QUALITY = 90;
const MODULE = 'node_modules/@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm';

/**
 * Makes a function that turns a PNG file into a JPEG file; the same bytes for the same picture.
 *
 * @throws {Error} The codec cannot be read.
 */
export async function createJpegEncoder(): Promise<(png: Buffer) => Promise<Buffer>> {
  const module = await WebAssembly.compile(await readFile(join(repositoryFolder, MODULE)));
  await start(module);
  return async (png) => {
    const { data, width, height } = PNG.sync.read(png);
    const pixels = new Uint8ClampedArray(data);
    const picture = {
      data: pixels,
      width,
      height,
      colorSpace: 'srgb',
      pixelFormat: 'rgba-unorm8',
    } as const;
    return Buffer.from(await encode(picture, { quality: QUALITY }));
  };
}

/** Its types leave out the module, which its code takes first. */
function start(module: WebAssembly.Module): Promise<void> {
  return init({
    instantiateWasm(imports: WebAssembly.Imports, done: (it: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports);
      done(instance);
      return instance.exports;
    },
  });
}
