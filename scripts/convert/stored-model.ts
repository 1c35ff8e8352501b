import { systemClock } from '../../functions/lib/clock.ts';
import { createBlobReader } from '../../functions/model/blob-reader.ts';
import type { Manifest } from '../../functions/model/manifest.ts';
import { readFile } from '../../functions/model/read-file.ts';
import { folderStore } from '../lib/folder-store.ts';
import { type ModelDescription, presentFile, type ReadableModel } from './author-model.ts';

/**
 * A model whose shards are in a folder already, read by the Worker's own code: what is tried is what was written.
 *
 * @param described What the manifest will say; it is not there yet.
 */
export function storedModel(
  folder: string,
  described: ModelDescription,
  files: Manifest['files'],
): ReadableModel {
  const readBlob = createBlobReader(folderStore(folder), systemClock, () => {});
  const { dtype, image, shape, text } = described;
  return {
    dtype,
    image,
    shape,
    text,
    read: async (name) => readFile(presentFile(name, files[name]), readBlob),
  };
}
