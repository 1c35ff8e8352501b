import { EntailError } from '../lib/entail-error.ts';
import type { Patience } from './patience.ts';
import type { StoredBlob } from './shard-store.ts';

/** How {@linkcode fillFromStream} reads. */
export interface Filling {
  /** Given the blob's size, the place to write to, exactly that long. */
  readonly allocate: (size: number) => Uint8Array<ArrayBuffer>;
  readonly patience: Patience;
  /** Called for each piece; what it throws ends the reading. */
  readonly onProgress: () => void;
}

/**
 * Writes a blob's stream straight into its place; once it has failed, nothing more is written.
 *
 * @param key Named in the error.
 * @returns That place, full.
 * @throws {EntailError} `model_integrity`: the stream is shorter or longer than it said;
 *   `storage_unavailable`: it fell silent.
 */
export async function fillFromStream(
  key: string,
  blob: StoredBlob,
  { allocate, patience, onProgress }: Filling,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = blob.body.getReader();
  try {
    const place = allocate(blob.size);
    let filled = 0;
    for (;;) {
      const { done, value } = await patience.wait(reader.read());
      if (done || value === undefined) break;
      onProgress();
      if (filled + value.length > place.length) {
        throw wrongLength(key, filled + value.length, place.length);
      }
      place.set(value, filled);
      filled += value.length;
    }
    if (filled !== place.length) throw wrongLength(key, filled, place.length);
    return place;
  } catch (error) {
    // Not awaited: a source that will not be cancelled must not hide why.
    reader.cancel().catch(() => {});
    throw error;
  }
}

function wrongLength(key: string, found: number, expected: number): EntailError {
  return new EntailError(
    'model_integrity',
    `cannot read ${key}: ${found} bytes arrived, expected ${expected}`,
  );
}
