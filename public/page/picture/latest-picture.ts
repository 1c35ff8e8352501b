import { byId } from '../dom/by-id.ts';
import type { Picture } from './picture.ts';

/**
 * Makes a way to read pictures of which only the one that was wanted last counts: a large file may take longer than what
 * the visitor chooses meanwhile.
 *
 * @returns Reads a picture; null when another one has been wanted since.
 */
export function createPictureReader(): (read: () => Promise<Picture>) => Promise<Picture | null> {
  const figure = byId('picture', HTMLElement);
  let latest = 0;
  return async function readLatest(read) {
    latest += 1;
    const own = latest;
    figure.setAttribute('aria-busy', 'true');
    try {
      const picture = await read();
      return own === latest ? picture : null;
    } finally {
      if (own === latest) figure.setAttribute('aria-busy', 'false');
    }
  };
}
