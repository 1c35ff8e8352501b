import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TensorToWrite } from '../../../../../scripts/synthetic/torch-tensor.ts';

/**
 * Writes tensors into several files, and the index beside them.
 *
 * @param form Names of the files, and what writes each.
 */
export async function writeSplit(
  folder: string,
  tensors: readonly TensorToWrite[],
  form: {
    readonly stem: 'pytorch_model' | 'model';
    readonly extension: 'bin' | 'safetensors';
    readonly count: number;
    readonly write: (path: string, tensors: readonly TensorToWrite[]) => Promise<void>;
  },
): Promise<void> {
  const { stem, extension, count, write } = form;
  const index: Record<string, string> = {};
  const total = String(count).padStart(5, '0');
  for (let i = 0; i < count; i++) {
    const name = `${stem}-${String(i + 1).padStart(5, '0')}-of-${total}.${extension}`;
    const from = Math.floor((i * tensors.length) / count);
    const own = tensors.slice(from, Math.floor(((i + 1) * tensors.length) / count));
    for (const { key } of own) index[key] = name;
    await write(join(folder, name), own);
  }
  const text = JSON.stringify({ metadata: { total_size: 0 }, weight_map: index });
  await writeFile(join(folder, `${stem}.${extension}.index.json`), text);
}
