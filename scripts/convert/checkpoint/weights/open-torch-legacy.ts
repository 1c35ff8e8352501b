import { ConvertError } from '../../convert-error.ts';
import { checkStorages } from '../check-storages.ts';
import { isList } from '../pickle/is-list.ts';
import type { PickleWorld } from '../pickle/pickle-world.ts';
import { unpickleFrom } from '../pickle/unpickle.ts';
import { printable } from '../printable.ts';
import { stateDictOf } from '../state-dict-of.ts';
import type { StorageReference } from '../tensor-reference.ts';
import { DTYPE_BYTES } from '../torch-dtype.ts';
import { torchWorld } from '../torch-world.ts';
import { FileBytes } from './file-bytes.ts';
import type { WeightsFile } from './weights-file.ts';

/** torch/serialization.py, MAGIC_NUMBER: the first of five pickles. */
const MAGIC_NUMBER = 0x1950a86a20f9469cfc6cn;
/** PROTOCOL_VERSION, the second; it never changed. */
const PROTOCOL_VERSION = 1001;
/** Bytes of the five pickles together: under 200 KB for a model, more with a training's history. */
const MAX_PICKLE_BYTES = 64 * 2 ** 20;
/** In front of a storage's numbers stands how many there are. */
const COUNT_BYTES = 8;

/** Where the numbers of a storage lie in the file. */
interface Place {
  readonly start: number;
  readonly bytes: number;
}

/**
 * Opens what torch.save wrote before PyTorch 1.6, and still writes without `_use_new_zipfile_serialization`: a magic
 * number, a version, facts about the machine, the objects, and the names of the storages, each a pickle; then the
 * storages in that order, little-endian on every machine.
 *
 * @throws {ConvertError} Damaged, cut off, hostile, or without tensors.
 */
export function openTorchLegacy(path: string): WeightsFile {
  const file = new FileBytes(path);
  try {
    const { objects, names, storages, end } = readPickles(file);
    const places = placeStorages(file, { names, storages, end });
    const tensors = stateDictOf(objects);
    const source = {
      bigEndian: false,
      storageBytes: (name: string) => places.get(name)?.bytes ?? null,
      readStorage(name: string) {
        const place = places.get(name);
        if (place === undefined) throw new ConvertError(`cannot read ${path}: no storage ${name}`);
        return file.read(place.start, place.bytes);
      },
    };
    checkStorages(tensors, source);
    return { form: 'torch before 1.6', tensors, source, close: () => file.close() };
  } catch (error) {
    file.close();
    throw error;
  }
}

interface Pickles {
  readonly objects: unknown;
  readonly names: unknown;
  /** Every storage that the objects speak of. */
  readonly storages: ReadonlyMap<string, StorageReference>;
  /** Where the storages begin. */
  readonly end: number;
}

function readPickles(file: FileBytes): Pickles {
  const bytes = file.read(0, Math.min(file.size, MAX_PICKLE_BYTES));
  const storages = new Map<string, StorageReference>();
  const world = torchWorld((storage) => {
    const known = storages.get(storage.name) ?? storage;
    if (known.dtype !== storage.dtype) {
      throw new ConvertError(
        `cannot read ${file.path}: storage ${storage.name} is ${known.dtype} and ${storage.dtype}`,
      );
    }
    storages.set(storage.name, storage);
  });
  let end = 0;
  function next(of: PickleWorld = world): unknown {
    const { value, length } = unpickleFrom(bytes.subarray(end), of);
    end += length;
    return value;
  }
  if (next() !== MAGIC_NUMBER) {
    throw new ConvertError(`cannot read ${file.path}: a pickle, but not one of torch.save`);
  }
  const version = next();
  if (version !== PROTOCOL_VERSION) {
    throw new ConvertError(
      `cannot read ${file.path}: torch.save's version ${printable(version)}, supported is ${PROTOCOL_VERSION}`,
    );
  }
  next();
  const [objects, names] = [next(), next()];
  return { objects, names, storages, end };
}

function placeStorages(
  file: FileBytes,
  { names, storages, end }: Omit<Pickles, 'objects'>,
): Map<string, Place> {
  const places = new Map<string, Place>();
  let at = end;
  for (const name of isList(names) ? names : []) {
    const storage = typeof name === 'string' ? storages.get(name) : undefined;
    if (storage === undefined || places.has(storage.name)) {
      throw new ConvertError(
        `cannot read ${file.path}: its list of storages names ${printable(name)}, which no tensor speaks of or which was named before`,
      );
    }
    const count = new DataView(file.read(at, COUNT_BYTES).buffer).getBigUint64(0, true);
    const place = { start: at + COUNT_BYTES, bytes: Number(count) * DTYPE_BYTES[storage.dtype] };
    if (place.bytes > file.size - place.start) {
      throw new ConvertError(
        `cannot read ${file.path}: storage ${storage.name} announces ${count} numbers (${storage.dtype}), ${file.size - place.start} bytes are left; a truncated download?`,
      );
    }
    places.set(storage.name, place);
    at = place.start + place.bytes;
  }
  return places;
}
