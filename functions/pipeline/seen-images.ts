import { TOKEN_PLACES } from '../model/create-engine.ts';
import type { ImageTokens } from '../model/engine.ts';

/** As many as the engine has places for: the one being asked about, and the one before. */
export const MAX_SEEN_IMAGES = TOKEN_PLACES;

/** A picture after the first stage, and what an answer says of its file. */
export interface SeenImage {
  readonly tokens: ImageTokens;
  readonly format: 'jpeg' | 'png';
  /** Pixels, after the EXIF orientation. */
  readonly width: number;
  readonly height: number;
}

/** The pictures seen last, so that a further sentence about one of them costs no vision. */
export interface SeenImages {
  /**
   * Works with a picture, seeing it first when it is not among those seen last.
   *
   * @param key SHA-256 of the file, so that a picture is only ever taken for itself.
   * @param see Encodes it; what it throws is passed on, and nothing is kept.
   * @param work Its tokens stay valid until it settles, whatever else happens meanwhile.
   */
  use<T>(
    key: string,
    see: () => Promise<SeenImage>,
    work: (image: SeenImage) => Promise<T>,
  ): Promise<T>;
  /** Gives all tokens back, those in use as soon as they are not; nothing is kept from then on. */
  release(): void;
}

interface Entry {
  readonly image: SeenImage;
  users: number;
}

/** Makes an empty collection; it belongs to one model, whose tokens it holds. */
export function createSeenImages(): SeenImages {
  /** The one used last is the last. */
  const entries = new Map<string, Entry>();
  let limit = MAX_SEEN_IMAGES;

  /** Gives back what was used longest ago, as long as there are more than `most`. */
  function trim(most: number): void {
    for (const [key, { image, users }] of entries) {
      if (entries.size <= most) return;
      if (users > 0) continue;
      entries.delete(key);
      image.tokens.release();
    }
  }

  /** The entry of a picture, held for one more user, and now the one used last. */
  function hold(key: string, entry: Entry): Entry {
    entries.delete(key);
    entries.set(key, entry);
    entry.users += 1;
    return entry;
  }

  async function enter(key: string, see: () => Promise<SeenImage>): Promise<Entry> {
    const known = entries.get(key);
    if (known !== undefined) return hold(key, known);
    // Room for the new one is made first.
    trim(limit - 1);
    const image = await see();
    const meanwhile = entries.get(key);
    if (meanwhile === undefined) return hold(key, { image, users: 0 });
    image.tokens.release();
    return hold(key, meanwhile);
  }

  return {
    async use(key, see, work) {
      const entry = await enter(key, see);
      try {
        return await work(entry.image);
      } finally {
        entry.users -= 1;
        trim(limit);
      }
    },
    release() {
      limit = 0;
      trim(limit);
    },
  };
}
