import type * as z from 'zod/mini';
import { EntailError } from '../lib/entail-error.ts';
import type { manifestSchema } from './manifest-schema.ts';
import { CHANNEL_BLOCK, planVision } from './vision-plan.ts';

/**
 * Checks what numbers of a manifest say about each other.
 *
 * @throws {EntailError} `model_integrity`: two of them contradict each other.
 */
export function checkManifest(manifest: z.output<typeof manifestSchema>): void {
  const { image, text, shape, files, self_test: selfTest } = manifest;
  for (const [name, file] of Object.entries(files)) {
    if (file === undefined) continue;
    const sum = file.shards.reduce((total, shard) => total + shard.bytes, 0);
    same(`bytes of the shards of ${name}`, sum, file.bytes);
  }
  // The network halves the picture four times, rounding up.
  same('shape.patches', shape.patches, Math.ceil(image.side / 16) ** 2);
  const valueBytes = manifest.dtype === 'int8' ? 1 : 4;
  const scaleBytes = manifest.dtype === 'int8' ? 4 : 0;
  const rowBytes = shape.width * valueBytes + scaleBytes;
  same('bytes of embeddings', files.embeddings.bytes, text.rows * rowBytes);
  const kernels = files['vision.kernels'];
  const expected = manifest.dtype === 'int8' ? 1 : 0;
  same('number of files vision.kernels', kernels === undefined ? 0 : 1, expected);
  same('number of logits of kernels', selfTest.logits.kernels === undefined ? 0 : 1, expected);
  // Without: too large for an isolate, so the converter did not measure it.
  if (manifest.heap_bytes !== undefined) same('number of heap_bytes', 1, expected);
  if (kernels !== undefined) {
    same('columns beyond a block of vision.kernels', shape.width % CHANNEL_BLOCK, 0);
    const plan = planVision({ side: image.side, blocks: shape.blocks, width: shape.width });
    same('bytes of vision.kernels', kernels.bytes, plan.fileBytes);
  }
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
