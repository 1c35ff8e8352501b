import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shardKey } from '../../functions/model/bucket-keys.ts';
import { type Manifest, parseManifest } from '../../functions/model/manifest.ts';

/** A model on disk: its manifest, and the blobs that the manifest names. */
export interface ModelFolder {
  /** The manifest's bytes as they are: their SHA-256 is the model's revision. */
  readonly manifestBytes: Uint8Array<ArrayBuffer>;
  readonly manifest: Manifest;
  /** `sha256:` and the hash of the manifest's bytes. */
  readonly revision: string;
  /** Each blob once, in the manifest's order. */
  readonly shards: readonly ModelFolderShard[];
}

/** One blob of a {@linkcode ModelFolder}. */
export interface ModelFolderShard {
  /** Its key in the bucket, `<sha256>.bin`. */
  readonly key: string;
  readonly path: string;
  /** As the manifest says; the file may differ. */
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Reads the manifest of a model folder; the blobs stay on disk.
 *
 * @throws {Error} There is no `manifest.json`.
 * @throws {EntailError} `model_integrity`: it is not a manifest this version reads.
 */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  const manifestBytes = await readManifest(folder);
  const manifest = parseManifest(manifestBytes);
  const byKey = new Map<string, ModelFolderShard>();
  for (const { sha256, bytes } of Object.values(manifest.files).flatMap((file) => file.shards)) {
    const key = shardKey(sha256);
    byKey.set(key, { key, path: join(folder, key), bytes, sha256 });
  }
  const revision = `sha256:${createHash('sha256').update(manifestBytes).digest('hex')}`;
  return { manifestBytes, manifest, revision, shards: [...byKey.values()] };
}

async function readManifest(folder: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return Uint8Array.from(await readFile(join(folder, 'manifest.json')));
  } catch (error) {
    throw new Error(
      `cannot find a model in ${folder}: it has no manifest.json. ` +
        'Make one with `npm run model:convert`, or name another folder with --model DIR.',
      { cause: error },
    );
  }
}
