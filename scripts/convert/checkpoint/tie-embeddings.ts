import { ConvertError } from '../convert-error.ts';
import { readTensor } from './read-tensor.ts';
import type { StoredTensor } from './weights/weights-file.ts';

/** Names of the one embedding table; the first is what the converter reads. */
const TABLE = 'encoder.embed_tokens.weight';
const COPIES = ['decoder.embed_tokens.weight', 'decoder.output_projection.weight'];

/**
 * Finds the embedding table under its first name: safetensors keep one of several names of the same numbers.
 *
 * Names of the same storage are one by construction; others are compared number by number.
 *
 * @returns The tensors, with the table under `encoder.embed_tokens.weight` if it is there at all.
 * @throws {ConvertError} The decoder's table or the output projection differs: the key.
 */
export function tieEmbeddings(
  tensors: ReadonlyMap<string, StoredTensor>,
): ReadonlyMap<string, StoredTensor> {
  const [name, ...others] = [TABLE, ...COPIES].filter((key) => tensors.has(key));
  const table = name === undefined ? undefined : tensors.get(name);
  if (name === undefined || table === undefined) return tensors;
  for (const key of others) {
    const copy = tensors.get(key);
    if (copy === undefined || sameView(table, copy)) continue;
    if (Buffer.compare(bytesOf(readTensor(table)), bytesOf(readTensor(copy))) !== 0) {
      throw new ConvertError(
        `cannot convert this model: ${key} differs from ${name}, supported is one embedding table for all (share_decoder_input_output_embed)`,
      );
    }
  }
  return name === TABLE ? tensors : new Map([...tensors, [TABLE, table]]);
}

function sameView(a: StoredTensor, b: StoredTensor): boolean {
  const [ours, theirs] = [a.reference, b.reference];
  return (
    a.source === b.source &&
    ours.storage.name === theirs.storage.name &&
    ours.storage.dtype === theirs.storage.dtype &&
    ours.offset === theirs.offset &&
    ours.shape.join() === theirs.shape.join() &&
    ours.strides.join() === theirs.strides.join()
  );
}

function bytesOf(numbers: Float32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
