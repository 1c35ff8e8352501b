import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ConvertError } from '../../convert-error.ts';
import { parseSettings } from '../parse-settings.ts';
import { readJsonFile } from '../read-json-file.ts';

/** Files that weights may be split into: OFA-huge would make 4 of 1 GB. */
const MAX_FILES = 256;

const INDEX = z.object({
  weight_map: z.record(
    z.string(),
    z.string().regex(/^[\w-][\w.-]*\.(bin|safetensors)$/, 'must be the name of a file beside it'),
  ),
});

/**
 * Reads `pytorch_model.bin.index.json` or `model.safetensors.index.json`.
 *
 * @returns The file's name for each tensor.
 * @throws {ConvertError} Malformed, or files that it names are not there: all of them in one message.
 */
export async function readShardIndex(
  folder: string,
  name: string,
): Promise<ReadonlyMap<string, string>> {
  const { weight_map: map } = parseSettings(name, INDEX, await readJsonFile(join(folder, name)));
  const files = new Set(Object.values(map));
  if (files.size === 0 || files.size > MAX_FILES) {
    throw new ConvertError(`cannot use ${name}: it names ${files.size} files, 1 to ${MAX_FILES}`);
  }
  const missing: string[] = [];
  for (const file of files) await access(join(folder, file)).catch(() => missing.push(file));
  if (missing.length > 0) {
    throw new ConvertError(
      `cannot find ${missing.length} of the ${files.size} files that ${name} names: ${missing.join(', ')}; fetch them into ${folder}`,
    );
  }
  return new Map(Object.entries(map));
}
