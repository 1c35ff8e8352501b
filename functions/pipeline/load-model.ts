import type { Clock } from '../lib/clock.ts';
import { EntailError } from '../lib/entail-error.ts';
import { createBlobReader } from '../model/blob-reader.ts';
import type { Engine } from '../model/engine.ts';
import type { Manifest, ModelFileName } from '../model/manifest.ts';
import { readFile } from '../model/read-file.ts';
import type { ManifestReader } from '../model/read-manifest.ts';
import { runSelfTest } from '../model/self-test.ts';
import type { ShardStore } from '../model/shard-store.ts';
import { createTokenizer, type Tokenizer } from '../text/tokenizer.ts';
import type { ImageStore } from './image-store.ts';
import { createSeenImages, type SeenImages } from './seen-images.ts';

/** A model whose weights are checked and whose self-test reproduced. */
export interface LoadedModel {
  readonly manifest: Manifest;
  /** `sha256:` and the hash of the manifest's bytes. */
  readonly revision: string;
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  /** Pictures that other isolates have seen too; null where nothing keeps them. */
  readonly images: ImageStore | null;
  /** The pictures it saw last. */
  readonly seen: SeenImages;
  /** Gives the engine's memory back; the model must not be used afterwards. */
  release(): void;
}

/** Reads one of the model's files, checked. */
export type FileReader = (name: ModelFileName) => Promise<Uint8Array<ArrayBuffer>>;

/** What a model is loaded from and with. */
export interface LoadModelParts {
  readonly store: ShardStore;
  /** Finds the manifest there: `readCurrentManifest()` in a bucket, `readManifest()` in a folder. */
  readonly readManifest: ManifestReader;
  readonly clock: Clock;
  readonly images: ImageStore | null;
  /** Called whenever the load gets on; what it throws ends the load. */
  readonly alive: () => void;
  /** Makes the engine, in the Worker `createEngine()` on the isolate's runtime. */
  readonly openEngine: (manifest: Manifest, readFile: FileReader) => Promise<Engine>;
}

/**
 * Loads a model from its shards: manifest, tokenizer, engine, self-test.
 *
 * @throws {EntailError} `model_missing`, `model_integrity`, `storage_unavailable` or `runtime_dead`.
 */
export async function loadModel(parts: LoadModelParts): Promise<LoadedModel> {
  const { store, readManifest, clock, images, alive, openEngine } = parts;
  const readBlob = createBlobReader(store, clock, alive);
  const { manifest, revision } = await readManifest(readBlob);
  const read: FileReader = (name) => {
    const file = manifest.files[name];
    if (file !== undefined) return readFile(file, readBlob);
    throw new EntailError('model_integrity', `cannot load the model: it has no ${name}`);
  };
  const tokenizer = createTokenizer(await read('tokenizer'));
  if (tokenizer.size > manifest.text.rows) {
    throw new EntailError(
      'model_integrity',
      `cannot use the tokenizer: ${tokenizer.size} tokens, embeddings for ${manifest.text.rows}`,
    );
  }
  const engine = await openEngine(manifest, read);
  try {
    alive();
    await runSelfTest(engine, manifest);
    alive();
  } catch (error) {
    engine.release();
    throw error;
  }
  const seen = createSeenImages();
  function release(): void {
    seen.release();
    engine.release();
  }
  return { manifest, revision, engine, tokenizer, images, seen, release };
}
