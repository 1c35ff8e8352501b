import { EntailError } from '../lib/entail-error.ts';

/** Token embeddings, kept outside the graph: a prompt needs a few dozen of 50,265 rows. */
export interface EmbeddingTable {
  /**
   * Writes the rows of the given tokens one after another.
   *
   * @param ids Token ids.
   * @param out `[ids.length, width]`.
   * @throws {EntailError} `inference_invalid`: an id the table does not have.
   */
  gather(ids: readonly number[], out: Float32Array): void;
}

/**
 * Reads the `embeddings` file of a model; see `model-shards/README.md`.
 *
 * @param bytes The file; kept as it is, nothing is unpacked.
 * @param shape Rows, columns and how the numbers are stored.
 * @throws {EntailError} `model_integrity`: the file's length does not fit.
 */
export function createEmbeddingTable(
  bytes: Uint8Array<ArrayBuffer>,
  { rows, width, dtype }: { rows: number; width: number; dtype: 'int8' | 'fp32' },
): EmbeddingTable {
  const expected = dtype === 'int8' ? rows * (width + 4) : rows * width * 4;
  if (bytes.byteLength !== expected) {
    throw new EntailError(
      'model_integrity',
      `the embeddings cannot be read: ${bytes.byteLength} bytes, ${expected} expected`,
    );
  }
  const row = dtype === 'int8' ? int8Rows(bytes, { rows, width }) : floatRows(bytes, width);
  return {
    gather(ids, out) {
      ids.forEach((id, index) => {
        if (!(id >= 0 && id < rows)) {
          throw new EntailError('inference_invalid', `no embedding for token ${id}: ${rows} rows`);
        }
        row(id, out.subarray(index * width, (index + 1) * width));
      });
    },
  };
}

type RowReader = (id: number, out: Float32Array) => void;

function int8Rows(
  bytes: Uint8Array<ArrayBuffer>,
  { rows, width }: { rows: number; width: number },
): RowReader {
  const values = new Int8Array(bytes.buffer, bytes.byteOffset, rows * width);
  const scales = new DataView(bytes.buffer, bytes.byteOffset + rows * width, rows * 4);
  return (id, out) => {
    const scale = scales.getFloat32(id * 4, true);
    for (let i = 0; i < width; i++) out[i] = (values[id * width + i] ?? 0) * scale;
  };
}

function floatRows(bytes: Uint8Array<ArrayBuffer>, width: number): RowReader {
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  return (id, out) => out.set(values.subarray(id * width, (id + 1) * width));
}
