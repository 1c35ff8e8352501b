import { z } from 'zod';
import { ConvertError } from '../../convert-error.ts';
import { printable } from '../printable.ts';
import { StorageReference, TensorReference } from '../tensor-reference.ts';
import { DTYPE_BYTES, SAFETENSORS_DTYPES } from '../torch-dtype.ts';
import { FileBytes } from './file-bytes.ts';
import type { WeightsFile } from './weights-file.ts';

const LENGTH_BYTES = 8;
/** Bytes of the header: some 100 a tensor, so under 200 KB for OFA-huge. */
const MAX_HEADER_BYTES = 16 * 2 ** 20;
/** Dimensions of a tensor: convolutions have 4. */
const MAX_RANK = 8;
/** Numbers of a tensor: the embedding table of OFA-huge has 76 million. */
const MAX_TENSOR_NUMBERS = 2 ** 28;

const count = z.int().min(0);
const ENTRY = z.object({
  dtype: z.string(),
  shape: z.array(count).max(MAX_RANK),
  data_offsets: z.tuple([count, count]),
});

/** What the header says of a tensor. */
type Entry = z.infer<typeof ENTRY>;

/** Where a tensor's numbers lie in the file. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Opens a file of the safetensors format: the header's length in 8 bytes, a JSON header, the numbers, little-endian.
 *
 * As the format demands, the tensors must cover all that follows the header, without holes and overlaps; see
 * https://github.com/huggingface/safetensors.
 *
 * @throws {ConvertError} Damaged, cut off, or of a number format that is not known.
 */
export function openSafetensors(path: string): WeightsFile {
  const file = new FileBytes(path);
  try {
    const { entries, start } = readHeader(file);
    checkCover(file, entries, file.size - start);
    const places = new Map<string, Place>();
    const tensors = new Map<string, TensorReference>();
    for (const [key, entry] of entries) {
      const [from, to] = entry.data_offsets;
      places.set(key, { start: start + from, end: start + to });
      tensors.set(key, reference(file, key, entry));
    }
    const source = {
      bigEndian: false,
      storageBytes(name: string) {
        const place = places.get(name);
        return place === undefined ? null : place.end - place.start;
      },
      readStorage(name: string) {
        const place = places.get(name);
        if (place === undefined) throw new ConvertError(`cannot read ${path}: no tensor ${name}`);
        return file.read(place.start, place.end - place.start);
      },
    };
    return { form: 'safetensors', tensors, source, close: () => file.close() };
  } catch (error) {
    file.close();
    throw error;
  }
}

function readHeader(file: FileBytes): { entries: Map<string, Entry>; start: number } {
  const length = Number(new DataView(file.read(0, LENGTH_BYTES).buffer).getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES) {
    throw new ConvertError(
      `cannot read ${file.path} as safetensors: a header of ${length} bytes, at most ${MAX_HEADER_BYTES}`,
    );
  }
  const entries = new Map<string, Entry>();
  for (const [key, value] of Object.entries(parseHeader(file, length))) {
    if (key === '__metadata__') continue;
    const entry = ENTRY.safeParse(value);
    if (!entry.success) throw refused(file, key, entry.error.issues[0]?.message ?? 'malformed');
    entries.set(key, entry.data);
  }
  return { entries, start: LENGTH_BYTES + length };
}

function parseHeader(file: FileBytes, length: number): object {
  const text = file.read(LENGTH_BYTES, length);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch (cause) {
    throw new ConvertError(`cannot read ${file.path} as safetensors: its header is no JSON`, {
      cause,
    });
  }
  if (typeof header === 'object' && header !== null) return header;
  throw new ConvertError(`cannot read ${file.path} as safetensors: its header is no JSON object`);
}

function checkCover(file: FileBytes, entries: ReadonlyMap<string, Entry>, bytes: number): void {
  const inOrder = [...entries].sort(
    ([, { data_offsets: a }], [, { data_offsets: b }]) => a[0] - b[0] || a[1] - b[1],
  );
  let at = 0;
  for (const [key, { data_offsets: offsets }] of inOrder) {
    const [from, to] = offsets;
    if (from !== at || to < from || to > bytes) {
      throw refused(
        file,
        key,
        `its numbers lie at ${from} to ${to}, where the tensor before it ends at ${at} of ${bytes}`,
      );
    }
    at = to;
  }
  if (at === bytes) return;
  throw new ConvertError(
    `cannot read ${file.path} as safetensors: its tensors end at ${at}, and ${bytes} bytes of numbers are there`,
  );
}

function reference(file: FileBytes, key: string, entry: Entry): TensorReference {
  const dtype = SAFETENSORS_DTYPES.get(entry.dtype);
  if (dtype === undefined) {
    throw refused(
      file,
      key,
      `number format ${printable(entry.dtype)}, supported are ${[...SAFETENSORS_DTYPES.keys()].join(', ')}`,
    );
  }
  const { shape } = entry;
  const strides = shape.map((_, i) => product(shape.slice(i + 1)));
  const tensor = new TensorReference(new StorageReference(key, dtype), 0, { shape, strides });
  const [from, to] = entry.data_offsets;
  const found = to - from;
  if (tensor.count > MAX_TENSOR_NUMBERS) {
    throw refused(file, key, `${tensor.count} numbers, at most ${MAX_TENSOR_NUMBERS}`);
  }
  if (tensor.count * DTYPE_BYTES[dtype] !== found) {
    throw refused(
      file,
      key,
      `[${shape.join(', ')}] of ${dtype} needs ${tensor.count * DTYPE_BYTES[dtype]} bytes, ${found} are there`,
    );
  }
  return tensor;
}

function product(sides: readonly number[]): number {
  return sides.reduce((all, side) => all * side, 1);
}

function refused(file: FileBytes, key: string, reason: string): ConvertError {
  return new ConvertError(
    `cannot read ${file.path} as safetensors: tensor ${printable(key)}: ${reason}`,
  );
}
