import type { StorageToWrite } from './torch-tensor.ts';
import { writeStoredZip } from './write-stored-zip.ts';

/** The folder inside the zip: torch.save takes the file's name, torch.load any. */
const ROOT = 'pytorch_model';

/** A pickle as it is, and the storages it speaks of as `0`, `1`, `2` ... */
export interface TorchParts {
  readonly pickle: Uint8Array;
  readonly storages: readonly StorageToWrite[];
}

/** Writes a torch zip around any pickle. */
export async function writeTorchParts(
  path: string,
  { pickle, storages }: TorchParts,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<void> {
  const text = (value: string): Uint8Array => new TextEncoder().encode(value);
  const entries = [
    { name: `${ROOT}/data.pkl`, bytes: () => pickle },
    { name: `${ROOT}/byteorder`, bytes: () => text('little') },
    ...storages.map((storage, i) => ({ name: `${ROOT}/data/${i}`, bytes: () => storage.bytes() })),
    { name: `${ROOT}/version`, bytes: () => text('3\n') },
  ];
  await writeStoredZip(path, entries, (written) => onProgress(written, entries.length));
}
