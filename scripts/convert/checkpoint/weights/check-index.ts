import { basename } from 'node:path';
import { ConvertError } from '../../convert-error.ts';
import { listFaults } from '../list-faults.ts';
import { printable } from '../printable.ts';
import type { WeightsFile } from './weights-file.ts';

/**
 * Makes sure that files hold the tensors that an index says they hold, and no others.
 *
 * @param index The file's name for each tensor.
 * @param files By path.
 * @throws {ConvertError} All that differ, in one message.
 */
export function checkIndex(
  index: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, WeightsFile>,
): void {
  const faults: string[] = [];
  for (const [path, { tensors }] of files) {
    const file = basename(path);
    for (const key of tensors.keys()) {
      if (index.get(key) !== file) faults.push(`${printable(key)}: in ${file}, not in the index`);
    }
    for (const [key, place] of index) {
      if (place === file && !tensors.has(key)) faults.push(`${printable(key)}: not in ${file}`);
    }
  }
  if (faults.length === 0) return;
  throw new ConvertError(
    `cannot read the checkpoint: ${faults.length} tensors are not where the index says, so its files are not of one download${listFaults(faults)}`,
  );
}
