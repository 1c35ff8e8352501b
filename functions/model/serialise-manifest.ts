import type * as z from 'zod/mini';
import { EntailError } from '../lib/entail-error.ts';
import type { Manifest } from './manifest.ts';
import { MANIFEST_VERSION, MAX_MANIFEST_BYTES, type manifestSchema } from './manifest-schema.ts';

type ManifestJson = z.input<typeof manifestSchema>;

/**
 * Writes a manifest the way `parseManifest()` reads it.
 *
 * @returns UTF-8 JSON, indented, with a newline at the end.
 * @throws {EntailError} `model_integrity`: longer than {@linkcode MAX_MANIFEST_BYTES}.
 */
export function serialiseManifest(manifest: Manifest): Uint8Array<ArrayBuffer> {
  const { name, dtype, image, text, shape, files, heapBytes, selfTest } = manifest;
  const json: Readonly<Record<keyof ManifestJson, unknown>> = {
    format: 'edge-entail-model',
    version: MANIFEST_VERSION,
    name,
    dtype,
    image,
    text: {
      rows: text.rows,
      max_source_length: text.maxSourceLength,
      prompt_type: text.promptType,
      prompt: text.prompt,
    },
    shape,
    files,
    heap_bytes: heapBytes ?? undefined,
    self_test: selfTest,
  };
  const bytes = new TextEncoder().encode(`${JSON.stringify(json, null, 2)}\n`);
  if (bytes.length > MAX_MANIFEST_BYTES) {
    throw new EntailError(
      'model_integrity',
      `cannot write manifest.json: ${bytes.length} bytes, at most ${MAX_MANIFEST_BYTES}`,
    );
  }
  return bytes;
}
