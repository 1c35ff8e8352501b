import { readFile } from 'node:fs/promises';
import { manifestKey, POINTER_KEY } from '../../functions/model/bucket-keys.ts';
import { readModelFolder } from '../lib/model-folder.ts';
import { serialisePointer } from './bucket-pointer.ts';
import { switchPointer } from './switch-pointer.ts';
import { versionOf } from './version-of.ts';

/**
 * All that a bucket holds whose first model is this one, for buckets that are made anew each time.
 *
 * @returns Bytes by key, the pointer last; none of it checked.
 */
export async function seedObjects(
  modelFolder: string,
): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const model = await readModelFolder(modelFolder);
  const objects = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const { key, path } of model.shards) objects.set(key, Uint8Array.from(await readFile(path)));
  objects.set(manifestKey(model.revision), model.manifestBytes);
  const now = new Date();
  objects.set(POINTER_KEY, serialisePointer(switchPointer(null, versionOf(model, now), now)));
  return objects;
}
