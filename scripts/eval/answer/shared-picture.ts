import type { OpenPicture } from './answerer.ts';

/** Lends a picture to one use; the last one gives it back. */
export type UsePicture = <T>(work: (picture: OpenPicture) => Promise<T>) => Promise<T>;

/**
 * Opens a picture when it is first used and releases it after its last use.
 *
 * @param open Called once.
 * @param uses How often the result will be called, 1 or more.
 */
export function sharedPicture(open: () => Promise<OpenPicture>, uses: number): UsePicture {
  let opened: Promise<OpenPicture> | null = null;
  let left = uses;
  return async (work) => {
    opened ??= open();
    const picture = await opened;
    try {
      return await work(picture);
    } finally {
      left -= 1;
      if (left === 0) picture.release();
    }
  };
}
