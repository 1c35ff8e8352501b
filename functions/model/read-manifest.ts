import { sha256Hex } from '../lib/sha256-hex.ts';
import type { BlobReader } from './blob-reader.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { MAX_MANIFEST_BYTES } from './manifest-schema.ts';
import { placeOfAtMost } from './place-of-at-most.ts';

/** A manifest and the name of exactly these bytes. */
export interface RevisedManifest {
  readonly manifest: Manifest;
  /** As they lie in storage. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `sha256:` and the hash of the manifest's bytes. */
  readonly revision: string;
}

/** Finds the manifest of the model that is to be loaded. */
export type ManifestReader = (readBlob: BlobReader) => Promise<RevisedManifest>;

const KEY = 'manifest.json';

/**
 * Reads `manifest.json`: where there is one model, as in a folder.
 *
 * @throws {EntailError} `model_missing`, `model_integrity` or `storage_unavailable`.
 */
export async function readManifest(readBlob: BlobReader): Promise<RevisedManifest> {
  const bytes = await readBlob(KEY, placeOfAtMost(MAX_MANIFEST_BYTES, KEY));
  return { manifest: parseManifest(bytes), bytes, revision: `sha256:${await sha256Hex(bytes)}` };
}
