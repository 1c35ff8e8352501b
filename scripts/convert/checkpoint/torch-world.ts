import { ConvertError } from '../convert-error.ts';
import { isList } from './pickle/is-list.ts';
import { InertObject, PickleGlobal, type PickleWorld } from './pickle/pickle-world.ts';
import { rebuildTensor } from './rebuild-tensor.ts';
import { StorageReference } from './tensor-reference.ts';
import { STORAGE_DTYPES } from './torch-dtype.ts';

/** The longest name of a storage: torch counts them, `0`, `1`, `2` ... */
const STORAGE_NAME = /^[A-Za-z0-9_]{1,32}$/;

function notCallable(name: string): never {
  throw new ConvertError(
    `cannot read the pickle: it calls ${name}, which is only allowed as a mark`,
  );
}

/** A name that could steer a terminal is shown escaped. */
function printable(name: string): string {
  return /^[\w.]+$/.test(name) ? name : JSON.stringify(name);
}

function sizeOf(args: readonly unknown[]): unknown {
  const [numbers] = args;
  if (!isList(numbers)) throw new ConvertError('cannot read the pickle: an empty torch.Size');
  return numbers;
}

/**
 * Everything a checkpoint may name.
 *
 * `argparse.Namespace`, in which fairseq keeps its arguments, becomes an inert object without content.
 */
const ALLOWED = new Map<string, (args: readonly unknown[]) => unknown>([
  ['collections.OrderedDict', () => new Map()],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  ['torch._utils._rebuild_parameter', (args) => args[0]],
  ['torch.Size', sizeOf],
  ['argparse.Namespace', () => new InertObject()],
  ...[...STORAGE_DTYPES.keys()].map((name): [string, () => never] => [
    name,
    () => notCallable(name),
  ]),
]);

/** The world of a pickle written by torch.save: tensors, ordered dicts and nothing else. */
export const TORCH_WORLD: PickleWorld = {
  global(module, name) {
    const full = `${module}.${name}`;
    const call = ALLOWED.get(full);
    if (call === undefined) {
      throw new ConvertError(
        `cannot read the pickle: it asks for ${printable(full)}, and only these are allowed: ${[...ALLOWED.keys()].join(', ')}. Save the checkpoint again with nothing but its tensors`,
      );
    }
    return new PickleGlobal(full, call);
  },
  persistent(id) {
    const [tag, type, name] = isList(id) ? id : [];
    const dtype = type instanceof PickleGlobal ? STORAGE_DTYPES.get(type.name) : undefined;
    if (tag !== 'storage' || dtype === undefined || typeof name !== 'string') {
      throw new ConvertError('cannot read the pickle: a persistent id that is no tensor storage');
    }
    if (!STORAGE_NAME.test(name)) {
      throw new ConvertError(`cannot read the pickle: ${JSON.stringify(name)} names no storage`);
    }
    return new StorageReference(name, dtype);
  },
};
