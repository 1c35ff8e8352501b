import type { Manifest } from '../../functions/model/manifest.ts';
import type { ModelConfig } from './checkpoint/model-config.ts';
import type { WeightSource } from './graph/weight-source.ts';
import { embedScale } from './model-shape.ts';
import { quantiseRows } from './quantise/quantise-weights.ts';

/** Text rows of the embedding table, scaled as the model scales them, in the format of `model-shards/README.md`. */
export function authorEmbeddings(
  {
    config,
    weights,
    textRows,
  }: { readonly config: ModelConfig; readonly weights: WeightSource; readonly textRows: number },
  dtype: Manifest['dtype'],
): Uint8Array<ArrayBuffer> {
  const table = weights('encoder.embed_tokens.weight', [config.vocabSize, config.width]);
  const scale = embedScale(config);
  // In place: the table is the largest tensor, and read anew each time.
  const rows = table.slice(0, textRows * config.width);
  if (scale !== 1) for (let i = 0; i < rows.length; i++) rows[i] = (rows[i] ?? 0) * scale;
  if (dtype === 'fp32') return new Uint8Array(rows.buffer);
  const { bytes, scales } = quantiseRows(rows, textRows);
  const file = new Uint8Array(bytes.byteLength + scales.byteLength);
  file.set(new Uint8Array(bytes.buffer));
  file.set(new Uint8Array(scales.buffer), bytes.byteLength);
  return file;
}
