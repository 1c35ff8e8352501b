import type { Clock } from '../lib/clock.ts';
import { EntailError } from '../lib/entail-error.ts';
import { fillFromStream } from './fill-from-stream.ts';
import { createPatience, type Patience } from './patience.ts';
import type { ShardStore, StoredBlob } from './shard-store.ts';

/** R2's passing faults are gone at the second try nearly always; a third costs little. */
export const MAX_READ_ATTEMPTS = 3;
/** First pause; doubled at each further one, give or take a half so that readers do not march in step. */
const PAUSE_MS = 100;

/**
 * R2's passing faults by number (https://developers.cloudflare.com/r2/api/error-codes/) and the
 * words in which workerd reports a cut connection.
 */
const TRANSIENT = /\b(10001|10043|10058)\b|network connection lost/i;

/**
 * Reads one blob to its end.
 *
 * @param key What to read.
 * @param allocate Given the blob's size, the place to write to, exactly that long.
 * @throws {EntailError} `model_missing`, `model_integrity` or `storage_unavailable`.
 */
export type BlobReader = (
  key: string,
  allocate: (size: number) => Uint8Array<ArrayBuffer>,
) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * Makes a reader that tries again when the storage stumbles or falls silent, opening or half-way.
 *
 * @param onProgress Called whenever something arrives; what it throws ends the reading.
 */
export function createBlobReader(
  store: ShardStore,
  clock: Clock,
  onProgress: () => void,
): BlobReader {
  async function readOnce(...[key, allocate]: Parameters<BlobReader>): ReturnType<BlobReader> {
    const patience = createPatience(clock);
    try {
      const blob = await open(store, key, patience);
      onProgress();
      if (blob === null) {
        throw new EntailError('model_missing', `cannot load the model: no ${key} in storage`);
      }
      return await fillFromStream(key, blob, { allocate, patience, onProgress });
    } finally {
      patience.stop();
    }
  }

  return async function readBlob(key, allocate) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await readOnce(key, allocate);
      } catch (error) {
        if (isFinal(error)) throw error;
        if (attempt === MAX_READ_ATTEMPTS || !isTransient(error)) {
          throw new EntailError(
            'storage_unavailable',
            `cannot read ${key} from storage: failed at attempt ${attempt} of ${MAX_READ_ATTEMPTS}`,
            { cause: error },
          );
        }
        await clock.sleep(PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
      }
    }
  };
}

async function open(
  store: ShardStore,
  key: string,
  patience: Patience,
): Promise<StoredBlob | null> {
  const opening = store.get(key);
  try {
    return await patience.wait(opening);
  } catch (error) {
    // One that comes after all is let go: an unread body holds a connection.
    opening.then((late) => late?.body.getReader().cancel()).catch(() => {});
    throw error;
  }
}

function isTransient(error: unknown): boolean {
  return error instanceof EntailError || TRANSIENT.test(String(error));
}

/** Of our own errors, silence alone is the storage's. */
function isFinal(error: unknown): boolean {
  return error instanceof EntailError && error.code !== 'storage_unavailable';
}
