import { EntailError } from '../lib/entail-error.ts';
import { sha256Hex } from '../lib/sha256-hex.ts';
import type { BlobReader } from './blob-reader.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { MAX_MANIFEST_BYTES } from './manifest-schema.ts';

/** A manifest and the name of exactly these bytes. */
export interface RevisedManifest {
  readonly manifest: Manifest;
  /** As they lie in storage. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `sha256:` and the hash of the manifest's bytes. */
  readonly revision: string;
}

/**
 * Reads `manifest.json` from storage.
 *
 * @throws {EntailError} `model_missing`, `model_integrity` or `storage_unavailable`.
 */
export async function readManifest(readBlob: BlobReader): Promise<RevisedManifest> {
  const bytes = await readBlob('manifest.json', (size) => {
    if (size > MAX_MANIFEST_BYTES) {
      throw new EntailError(
        'model_integrity',
        `cannot read manifest.json: ${size} bytes, at most ${MAX_MANIFEST_BYTES}`,
      );
    }
    return new Uint8Array(size);
  });
  return { manifest: parseManifest(bytes), bytes, revision: `sha256:${await sha256Hex(bytes)}` };
}
