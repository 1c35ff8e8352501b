import type { Scene } from '../gallery/scenes.ts';
import { loadImage } from './load-image.ts';
import type { Picture } from './picture.ts';
import { PictureError } from './picture-error.ts';

/**
 * Fetches a scene of the gallery.
 *
 * @throws {PictureError} It does not arrive.
 */
export async function fetchScene({ path, alt }: Scene): Promise<Picture> {
  const url = new URL(path, location.origin).href;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const response = await fetch(url).catch(() => null);
  if (response?.ok !== true) {
    throw new PictureError(`cannot fetch ${name}: the page's server does not have it now`, {
      title: 'The scene does not load',
      step: 'Check your connection and choose it again.',
    });
  }
  const file = await response.blob();
  const image = await loadImage(url, name);
  const { naturalWidth: width, naturalHeight: height } = image;
  return { file, name, url, preview: url, alt, width, height, sentSide: null };
}
