import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareImage } from '../../functions/image/prepare-image.ts';
import { createCodecs } from '../../wasm/create-codecs.ts';
import type { WasmModules } from '../../wasm/wasm-modules.ts';
import { ConvertError } from './convert-error.ts';

/**
 * Reads the pictures of a folder in the model's input form, in the order of their names.
 *
 * @returns Each `[side, side, 3]`, RGB, 0-255; files that are no JPEG or PNG by name are passed over.
 * @throws {ConvertError} The folder has none, or one of them cannot be decoded.
 */
export async function readPictures(
  folder: string,
  { side, most, modules }: { side: number; most: number; modules: WasmModules },
): Promise<Uint8Array[]> {
  const codecs = createCodecs(modules);
  const names = (await readdir(folder)).filter((name) => /\.(jpe?g|png)$/i.test(name)).sort();
  if (names.length === 0)
    throw new ConvertError(`cannot calibrate: no .jpg or .png file in ${folder}`);
  const pictures: Uint8Array[] = [];
  for (const name of names.slice(0, most)) {
    const bytes = Uint8Array.from(await readFile(join(folder, name)));
    try {
      pictures.push((await prepareImage(bytes, side, codecs)).pixels);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ConvertError(`cannot calibrate on ${join(folder, name)}: ${reason}`, { cause });
    }
  }
  return pictures;
}
