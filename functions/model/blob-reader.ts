import type { Clock } from '../lib/clock.ts';
import { EntailError } from '../lib/entail-error.ts';
import { fillFromStream } from './fill-from-stream.ts';
import type { ShardStore } from './shard-store.ts';

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

/** Makes a reader that tries again when the storage stumbles, opening or half-way. */
export function createBlobReader(store: ShardStore, clock: Clock): BlobReader {
  return async function readBlob(key, allocate) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const blob = await store.get(key);
        if (blob === null) {
          throw new EntailError('model_missing', `cannot load the model: no ${key} in storage`);
        }
        return await fillFromStream(key, blob, allocate);
      } catch (error) {
        if (error instanceof EntailError) throw error;
        if (attempt === MAX_READ_ATTEMPTS || !TRANSIENT.test(String(error))) {
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
