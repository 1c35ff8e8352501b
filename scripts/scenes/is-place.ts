import type { Background, Place } from './scene.ts';

/** Tells places, which show a sky, from backdrops. */
export function isPlace(background: Background): background is Place {
  return PLACES.some((place) => place === background);
}

/** All places. */
export const PLACES: readonly [Place, ...Place[]] = ['meadow', 'beach', 'desert', 'snow'];
