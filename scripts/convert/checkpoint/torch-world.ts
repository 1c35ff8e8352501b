import { ConvertError } from '../convert-error.ts';
import { isList } from './pickle/is-list.ts';
import { InertObject, PickleGlobal, type PickleWorld } from './pickle/pickle-world.ts';
import { printable } from './printable.ts';
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

function sizeOf(args: readonly unknown[]): unknown {
  const [numbers] = args;
  if (!isList(numbers)) throw new ConvertError('cannot read the pickle: an empty torch.Size');
  return numbers;
}

function inert(): InertObject {
  return new InertObject();
}

/**
 * Everything a checkpoint may name.
 *
 * What fairseq keeps beside the tensors becomes inert objects without content: its arguments in an
 * `argparse.Namespace`, scores as NumPy's numbers.
 */
const ALLOWED = new Map<string, (args: readonly unknown[]) => unknown>([
  ['collections.OrderedDict', () => new Map()],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  // Before PyTorch 0.4 there were no gradient flags and no hooks.
  ['torch._utils._rebuild_tensor', rebuildTensor],
  ['torch._utils._rebuild_parameter', (args) => args[0]],
  ['torch.Size', sizeOf],
  ['argparse.Namespace', inert],
  ['numpy.core.multiarray.scalar', inert],
  ['numpy._core.multiarray.scalar', inert],
  ['numpy.dtype', inert],
  ['_codecs.encode', inert],
  ...[...STORAGE_DTYPES.keys()].map((name): [string, () => never] => [
    name,
    () => notCallable(name),
  ]),
]);

/**
 * Makes the world of a pickle written by torch.save: tensors, ordered dicts and nothing else.
 *
 * @param onStorage Called with each storage that the pickle speaks of.
 */
export function torchWorld(onStorage: (storage: StorageReference) => void): PickleWorld {
  return {
    global,
    persistent(id) {
      const storage = storageOf(id);
      onStorage(storage);
      return storage;
    },
  };
}

/** The same where nobody needs to know of the storages. */
export const TORCH_WORLD: PickleWorld = { global, persistent: storageOf };

function global(module: string, name: string): PickleGlobal {
  const full = `${module}.${name}`;
  const call = ALLOWED.get(full);
  if (call === undefined) {
    throw new ConvertError(
      `cannot read the pickle: it asks for ${printable(full)}, and only these are allowed: ${[...ALLOWED.keys()].join(', ')}. Save the checkpoint again with nothing but its tensors`,
    );
  }
  return new PickleGlobal(full, call);
}

/** @param id `('storage', class, name, device, count)`, and in old files what part of another storage it is. */
function storageOf(id: unknown): StorageReference {
  const [tag, type, name, _device, _count, view] = isList(id) ? id : [];
  const dtype = type instanceof PickleGlobal ? STORAGE_DTYPES.get(type.name) : undefined;
  if (tag !== 'storage' || dtype === undefined || typeof name !== 'string') {
    throw new ConvertError('cannot read the pickle: a persistent id that is no tensor storage');
  }
  if (!STORAGE_NAME.test(name)) {
    throw new ConvertError(
      `cannot read the pickle: ${JSON.stringify(name.slice(0, 80))} names no storage`,
    );
  }
  if (view !== undefined && view !== null) {
    throw new ConvertError(
      `cannot read the pickle: storage ${name} is a part of another, as PyTorch had them before 0.4; load and save it with a newer one`,
    );
  }
  return new StorageReference(name, dtype);
}
