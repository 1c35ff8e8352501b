import { EntailError } from '../lib/entail-error.ts';
import type { BlobReader } from './blob-reader.ts';
import { manifestKey, POINTER_KEY } from './bucket-keys.ts';
import { parseManifest } from './manifest.ts';
import { MAX_MANIFEST_BYTES } from './manifest-schema.ts';
import { placeOfAtMost } from './place-of-at-most.ts';
import { MAX_POINTER_BYTES, pointerSchema } from './pointer-schema.ts';
import type { RevisedManifest } from './read-manifest.ts';
import { readNamedBlob } from './read-named-blob.ts';

/**
 * Reads the manifest that a bucket's pointer names: where there are several versions of a model, one of them current.
 *
 * @throws {EntailError} `model_missing`, `model_integrity` or `storage_unavailable`.
 */
export async function readCurrentManifest(readBlob: BlobReader): Promise<RevisedManifest> {
  const pointer = await readBlob(POINTER_KEY, placeOfAtMost(MAX_POINTER_BYTES, POINTER_KEY));
  const revision = currentRevision(pointer);
  const key = manifestKey(revision);
  const bytes = await readNamedBlob(
    { key, sha256: revision.replace('sha256:', '') },
    placeOfAtMost(MAX_MANIFEST_BYTES, key),
    readBlob,
  );
  return { manifest: parseManifest(bytes), bytes, revision };
}

function currentRevision(bytes: Uint8Array): string {
  const parsed = pointerSchema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data.revision;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? 'it' : issue.path.join('.');
  throw new EntailError(
    'model_integrity',
    `cannot use ${POINTER_KEY}: ${where} is not what a pointer says`,
  );
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new EntailError('model_integrity', `cannot read ${POINTER_KEY}: it is not UTF-8 JSON`, {
      cause: error,
    });
  }
}
