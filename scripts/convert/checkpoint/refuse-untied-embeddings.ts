import { ConvertError } from '../convert-error.ts';
import { gatherTensor } from './gather-tensor.ts';
import type { TensorReference } from './tensor-reference.ts';
import type { TorchArchive } from './torch-archive.ts';

const TABLE = 'encoder.embed_tokens.weight';
const COPIES = ['decoder.embed_tokens.weight', 'decoder.output_projection.weight'];

/**
 * Refuses a decoder whose embedding table or output projection differs from the encoder's table.
 *
 * Copies in the same storage are one by construction; others are compared number by number.
 *
 * @throws {ConvertError} The key that differs.
 */
export async function refuseUntiedEmbeddings(
  tensors: ReadonlyMap<string, TensorReference>,
  archive: TorchArchive,
): Promise<void> {
  const table = tensors.get(TABLE);
  for (const key of COPIES) {
    const copy = tensors.get(key);
    if (table === undefined || copy === undefined || sameView(table, copy)) continue;
    const ours = gatherTensor(await archive.readStorage(table.storage.name), table);
    const theirs = gatherTensor(await archive.readStorage(copy.storage.name), copy);
    if (Buffer.compare(bytesOf(ours), bytesOf(theirs)) !== 0) {
      throw new ConvertError(
        `cannot convert this model: ${key} differs from ${TABLE}, supported is one embedding table for all (share_decoder_input_output_embed)`,
      );
    }
  }
}

function sameView(a: TensorReference, b: TensorReference): boolean {
  return (
    a.storage.name === b.storage.name &&
    a.offset === b.offset &&
    a.shape.join() === b.shape.join() &&
    a.strides.join() === b.strides.join()
  );
}

function bytesOf(numbers: Float32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
