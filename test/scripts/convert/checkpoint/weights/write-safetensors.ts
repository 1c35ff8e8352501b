import { writeFile } from 'node:fs/promises';
import { SAFETENSORS_DTYPES } from '../../../../../scripts/convert/checkpoint/torch-dtype.ts';
import type { TensorToWrite } from '../../../../../scripts/synthetic/torch-tensor.ts';

const NAMES = new Map([...SAFETENSORS_DTYPES].map(([name, dtype]) => [dtype, name]));

/** What a header says of a tensor. */
export interface HeaderEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** A file from any header, and the bytes that follow it. */
export function joinSafetensors(header: unknown, data: Uint8Array): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  // The format wants the numbers at a multiple of 8; spaces are allowed behind the JSON.
  const padded = Buffer.concat([text, Buffer.alloc((8 - (text.length % 8)) % 8, ' ')]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, padded, data]);
}

/** The header and the numbers of some tensors, each contiguous and with numbers of its own. */
export function safetensorsParts(tensors: readonly TensorToWrite[]): {
  header: Record<string, HeaderEntry>;
  data: Buffer;
} {
  const header: Record<string, HeaderEntry> = {};
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { key, shape, storage } of tensors) {
    const bytes = storage.bytes();
    header[key] = {
      dtype: NAMES.get(storage.dtype) ?? '',
      shape,
      data_offsets: [at, at + bytes.length],
    };
    at += bytes.length;
    parts.push(bytes);
  }
  return { header, data: Buffer.concat(parts) };
}

/**
 * Safetensors know no shared storages: of several names of one storage the first in the alphabet is kept, as
 * `safetensors.torch.save_model()` does.
 */
export function keepOneName(tensors: readonly TensorToWrite[]): TensorToWrite[] {
  const kept = new Map<TensorToWrite['storage'], TensorToWrite>();
  for (const tensor of tensors) {
    const known = kept.get(tensor.storage);
    if (known === undefined || tensor.key < known.key) kept.set(tensor.storage, tensor);
  }
  return [...kept.values()];
}

/** Writes tensors as safetensors do, each storage under one name. */
export async function writeSafetensors(
  path: string,
  tensors: readonly TensorToWrite[],
): Promise<void> {
  const { header, data } = safetensorsParts(keepOneName(tensors));
  await writeFile(path, joinSafetensors({ __metadata__: { format: 'pt' }, ...header }, data));
}
