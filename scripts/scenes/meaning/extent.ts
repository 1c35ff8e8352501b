import type { Scene, SceneObject } from '../scene.ts';
import type { Phrase } from './phrase.ts';

/** The things of a scene that a phrase may speak of. */
export interface Extent {
  /** Those that fit, as the picture shows. */
  readonly certain: readonly SceneObject[];
  /** Those that fit for all that the picture shows; the certain ones are among them. */
  readonly possible: readonly SceneObject[];
}

/**
 * Finds what a phrase speaks of. A trait is never seen, a colour is not seen in greyscale.
 *
 * @returns Null when people would disagree on whether some thing falls under the term.
 */
export function extentOf(scene: Scene, { term, colour, trait }: Phrase): Extent | null {
  if (scene.objects.some(({ noun }) => noun.doubtful.includes(term.name))) return null;
  const named = scene.objects.filter(
    ({ noun }) => noun.name === term.name || noun.hypernyms.includes(term.name),
  );
  const seesColour = colour !== null && !scene.greyscale;
  const possible = seesColour ? named.filter((object) => object.colour === colour) : named;
  const open = trait !== null || (colour !== null && scene.greyscale);
  return { certain: open ? [] : possible, possible };
}
