import type { Colour } from './colours.ts';
import type { Noun } from './nouns/noun.ts';

/** Where a scene with a sky is. */
export type Place = 'meadow' | 'beach' | 'desert' | 'snow';

/** What stands behind the things: a place under a sky, or a backdrop that tells nothing. */
export type Background = Place | 'plain' | 'gradient' | 'stripes' | 'noise';

/** A thing that stands in a scene. */
export interface SceneObject {
  readonly noun: Noun;
  /** Null where the colour is the icon's own. */
  readonly colour: Colour | null;
  /** Left end of the visible box before it is turned, in pixels. */
  readonly x: number;
  /** Upper end, in pixels. */
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Turned clockwise about its middle, in degrees. */
  readonly angle: number;
  readonly mirrored: boolean;
}

/** A picture before it is painted. */
export interface Scene {
  /** Pixels a side. */
  readonly side: number;
  /** The icon set. */
  readonly style: string;
  readonly background: Background;
  /** The hour of the sky; a backdrop without one is merely light or dark. */
  readonly time: 'day' | 'night';
  /** Painted without colours. */
  readonly greyscale: boolean;
  /** From back to front. */
  readonly objects: readonly SceneObject[];
  /** Sets the details that no sentence speaks of. */
  readonly texture: string;
}
