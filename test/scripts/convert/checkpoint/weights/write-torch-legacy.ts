import { writeFile } from 'node:fs/promises';
import { pickleStateDict } from '../../../../../scripts/synthetic/pickle-state-dict.ts';
import { PickleWriter } from '../../../../../scripts/synthetic/pickle-writer.ts';
import type {
  StorageToWrite,
  TensorToWrite,
} from '../../../../../scripts/synthetic/torch-tensor.ts';

/** 0x1950a86a20f9469cfc6c as LONG1. */
const MAGIC = [0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19] as const;
/** 1001 as BININT2. */
const VERSION = [0x4d, 0xe9, 0x03] as const;

/** The parts of a file as torch.save wrote it before 1.6; a test may change any of them. */
export interface LegacyParts {
  readonly magic: Uint8Array;
  readonly version: Uint8Array;
  readonly machine: Uint8Array;
  readonly objects: Uint8Array;
  readonly names: Uint8Array;
  /** What follows the pickles. */
  readonly storages: readonly Uint8Array[];
}

/** Parts around any objects that speak of the storages as `0`, `1`, `2` ... */
export function legacyParts(objects: Uint8Array, storages: readonly StorageToWrite[]): LegacyParts {
  const machine = new PickleWriter().raw('}(').string('protocol_version').int(1001);
  machine.string('little_endian').bytes(0x88).string('type_sizes').raw('}(');
  machine.string('short').int(2).string('int').int(4).string('long').int(4).raw('uu');
  const names = new PickleWriter().raw('](');
  for (const index of storages.keys()) names.string(String(index));
  return {
    magic: new PickleWriter().bytes(...MAGIC).finish(),
    version: new PickleWriter().bytes(...VERSION).finish(),
    machine: machine.finish(),
    objects,
    names: names.raw('e').finish(),
    storages: storages.map(({ count, bytes }) => withCount(count, bytes())),
  };
}

/** A storage as it stands in the file. */
export function withCount(count: number, bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(8 + bytes.length);
  new DataView(whole.buffer).setBigUint64(0, BigInt(count), true);
  whole.set(bytes, 8);
  return whole;
}

/** All parts one after another. */
export function joinLegacy({
  magic,
  version,
  machine,
  objects,
  names,
  storages,
}: LegacyParts): Buffer {
  return Buffer.concat([magic, version, machine, objects, names, ...storages]);
}

/** Writes tensors as torch.save did before 1.6. */
export async function writeTorchLegacy(
  path: string,
  tensors: readonly TensorToWrite[],
): Promise<void> {
  const storages = [...new Set(tensors.map(({ storage }) => storage))];
  const pickle = new PickleWriter();
  pickleStateDict(pickle, tensors, storages);
  await writeFile(path, joinLegacy(legacyParts(pickle.finish(), storages)));
}
