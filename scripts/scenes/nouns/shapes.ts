import type { Noun } from './noun.ts';
import { topic } from './topic.ts';

/** Plain shapes, drawn by us in any colour. */
export const SHAPES: readonly Noun[] = topic([], {
  circle: { icon: [], recolourable: true },
  square: { icon: [], recolourable: true },
  triangle: { icon: [], recolourable: true },
  heart: { icon: 'red-heart', recolourable: true },
});
