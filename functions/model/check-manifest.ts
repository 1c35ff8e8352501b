import type * as z from 'zod/mini';
import { EntailError } from '../lib/entail-error.ts';
import type { manifestSchema } from './manifest-schema.ts';

/**
 * Checks what numbers of a manifest say about each other.
 *
 * @throws {EntailError} `model_integrity`: two of them contradict each other.
 */
export function checkManifest(manifest: z.output<typeof manifestSchema>): void {
  const { image, text, shape, files, self_test: selfTest } = manifest;
  for (const [name, file] of Object.entries(files)) {
    const sum = file.shards.reduce((total, shard) => total + shard.bytes, 0);
    same(`bytes of the shards of ${name}`, sum, file.bytes);
  }
  // The network halves the picture four times, rounding up.
  same('shape.patches', shape.patches, Math.ceil(image.side / 16) ** 2);
  const valueBytes = manifest.dtype === 'int8' ? 1 : 4;
  const scaleBytes = manifest.dtype === 'int8' ? 4 : 0;
  const rowBytes = shape.width * valueBytes + scaleBytes;
  same('bytes of embeddings', files.embeddings.bytes, text.rows * rowBytes);
  for (const id of [...selfTest.encoder, ...selfTest.decoder]) {
    if (id >= text.rows) {
      throw new EntailError(
        'model_integrity',
        `cannot use manifest.json: self_test asks for token ${id} of ${text.rows}`,
      );
    }
  }
}

function same(what: string, found: number, expected: number): void {
  if (found === expected) return;
  throw new EntailError(
    'model_integrity',
    `cannot use manifest.json: ${what} is ${found}, expected ${expected}`,
  );
}
