import { ConvertError } from '../../convert-error.ts';
import { canonicalKey } from '../canonical-key.ts';
import { printable } from '../printable.ts';
import type { StoredTensor, WeightsFile } from './weights-file.ts';

/** Keys of a state dict: OFA-huge has about 1,500. */
const MAX_KEYS = 20_000;
/** Names are shown to people: nothing in them may steer a terminal. The longest real one has 60 characters. */
const KEY = /^[\w.-]{1,200}$/;

/** The tensors of a checkpoint under their ModelScope names. */
export interface NamedTensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** How many of them have another name in their file. */
  readonly renamed: number;
}

/**
 * Brings the tensors of all files together, under their ModelScope names.
 *
 * @throws {ConvertError} A name that is none, two tensors of one name, or too many of them.
 */
export function nameTensors(files: readonly WeightsFile[]): NamedTensors {
  const tensors = new Map<string, StoredTensor>();
  const prefix = commonPrefix(files.flatMap((file) => [...file.tensors.keys()]));
  let renamed = 0;
  for (const file of files) {
    for (const [key, reference] of file.tensors) {
      if (!KEY.test(key)) {
        throw new ConvertError(`cannot read the checkpoint: ${printable(key)} names no tensor`);
      }
      const name = canonicalKey(key.startsWith(prefix) ? key.slice(prefix.length) : key);
      if (tensors.has(name)) {
        throw new ConvertError(`cannot read the checkpoint: two tensors are named ${name}`);
      }
      if (tensors.size >= MAX_KEYS) {
        throw new ConvertError(`cannot read the checkpoint: more than ${MAX_KEYS} tensors`);
      }
      if (name !== key) renamed += 1;
      tensors.set(name, { reference, source: file.source });
    }
  }
  return { tensors, renamed };
}

/** What a wrapper, such as DataParallel's `module.`, put in front of all the model's names; '' where there is none. */
function commonPrefix(keys: readonly string[]): string {
  const known = keys.find((key) => /(^|\.)encoder\./.test(key)) ?? '';
  const prefix = known.slice(0, known.search(/(^|\.)encoder\./));
  const wrapped = prefix === '' ? '' : `${prefix}.`;
  const parts = keys.filter((key) => /(^|\.)(encoder|decoder)\./.test(key));
  return parts.every((key) => key.startsWith(wrapped)) ? wrapped : '';
}
