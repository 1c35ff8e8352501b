import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareImage } from '../../functions/image/prepare-image.ts';
import { createCodecs } from '../../wasm/create-codecs.ts';
import type { WasmModules } from '../../wasm/wasm-modules.ts';
import { ConvertError } from './convert-error.ts';

/** A picture of a folder. */
export interface NamedPicture {
  /** Of the file, without the folder. */
  readonly name: string;
  /** `[side, side, 3]`, RGB, 0-255. */
  readonly pixels: Uint8Array;
}

/**
 * Reads the pictures of a folder in the model's input form, in the order of their names.
 *
 * @returns At most as many as wanted; files that are no JPEG or PNG by name are passed over.
 * @throws {ConvertError} The folder has none, or one of them cannot be decoded.
 */
export async function readPictures(
  folder: string,
  { side, most, modules }: { side: number; most: number; modules: WasmModules },
): Promise<NamedPicture[]> {
  const codecs = createCodecs(modules);
  const names = (await readdir(folder)).filter((name) => /\.(jpe?g|png)$/i.test(name)).sort();
  if (names.length === 0)
    throw new ConvertError(`cannot read pictures: no .jpg or .png file in ${folder}`);
  const pictures: NamedPicture[] = [];
  for (const name of names.slice(0, most)) {
    const bytes = Uint8Array.from(await readFile(join(folder, name)));
    try {
      const { pixels } = await prepareImage(bytes, side, codecs);
      pictures.push({ name, pixels });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ConvertError(`cannot read ${join(folder, name)}: ${reason}`, { cause });
    }
  }
  return pictures;
}
