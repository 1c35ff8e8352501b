import { COLOURS, type Colour } from '../colours.ts';
import type { Noun } from '../nouns/noun.ts';
import { halve } from './halve.ts';
import { openIconStyle } from './icon-style.ts';
import type { Raster } from './raster.ts';
import { rasterise } from './rasterise.ts';
import { recolour } from './recolour.ts';

/** A thing in one style and colour, largest first, each next one of half the side. */
export type Sprite = readonly [Raster, ...Raster[]];

/** Things drawn once and kept. */
export interface SpriteShelf {
  /** @param style An icon set's name. */
  sprite(style: string, noun: Noun, colour: Colour | null): Sprite;
}

/**
 * Makes an empty shelf.
 *
 * @param side Pixels a side that icons are drawn at: not below what scenes show.
 */
export function createSpriteShelf(side: number): SpriteShelf {
  const styles = new Map<string, ReturnType<typeof openIconStyle>>();
  const sprites = new Map<string, Sprite>();
  return {
    sprite(styleName, noun, colour) {
      const key = `${styleName}/${noun.name}/${colour}`;
      const kept = sprites.get(key);
      if (kept !== undefined) return kept;
      const style = styles.get(styleName) ?? openIconStyle(styleName);
      styles.set(styleName, style);
      const plain = rasterise(style.svg(noun), side);
      const largest = colour === null ? plain : recolour(plain, COLOURS[colour]);
      const half = halve(largest);
      const sprite: Sprite = [largest, half, halve(half), halve(halve(half))];
      sprites.set(key, sprite);
      return sprite;
    },
  };
}
