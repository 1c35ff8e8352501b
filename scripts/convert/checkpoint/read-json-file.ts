import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ConvertError } from '../convert-error.ts';

/** Bytes of a settings file: real ones are under 5 KB. */
const MAX_SETTINGS_BYTES = 2 ** 20;

/**
 * A JSON file of a checkpoint folder.
 *
 * @throws {ConvertError} Missing, too long, or no JSON.
 */
export async function readJsonFile(path: string): Promise<unknown> {
  const info = await stat(path).catch(() => null);
  if (info === null) {
    throw new ConvertError(
      `cannot find ${path}: a checkpoint folder in ModelScope layout holds ${basename(path)}`,
    );
  }
  if (info.size > MAX_SETTINGS_BYTES) {
    throw new ConvertError(
      `cannot read ${path}: ${info.size} bytes, at most ${MAX_SETTINGS_BYTES}`,
    );
  }
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new ConvertError(`cannot read ${path}: it is no JSON`, { cause });
  }
}
