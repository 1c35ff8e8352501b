import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ConvertError } from '../../convert-error.ts';
import { readShardIndex } from './read-shard-index.ts';

/** The files that hold a checkpoint's weights. */
export interface FoundWeights {
  /** Paths. */
  readonly files: readonly string[];
  /** Which file each tensor is in, where an index says so. */
  readonly index: ReadonlyMap<string, string> | null;
}

/**
 * Names that ModelScope and Hugging Face give to weights, best first: where a folder has several, they are the same
 * weights, and safetensors need no unpickling.
 */
const NAMES = [
  'model.safetensors',
  'model.safetensors.index.json',
  'pytorch_model.bin',
  'pytorch_model.bin.index.json',
] as const;

/**
 * Finds the weights of a checkpoint folder: one file, several with an index, or a single original OFA `*.pt`.
 *
 * @throws {ConvertError} None there, an index that cannot be used, or more than one `*.pt`.
 */
export async function findWeights(folder: string): Promise<FoundWeights> {
  const names = await readdir(folder);
  const name = NAMES.find((known) => names.includes(known));
  if (name?.endsWith('.json')) {
    const index = await readShardIndex(folder, name);
    return { files: [...new Set(index.values())].map((file) => join(folder, file)), index };
  }
  if (name !== undefined) return { files: [join(folder, name)], index: null };
  const originals = names.filter((file) => file.endsWith('.pt'));
  const [original] = originals;
  if (original !== undefined && originals.length === 1) {
    return { files: [join(folder, original)], index: null };
  }
  throw new ConvertError(
    `cannot find the weights in ${folder}: no ${NAMES.join(', no ')}, and ${originals.length} files *.pt where 1 is needed`,
  );
}
