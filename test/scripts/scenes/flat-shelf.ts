import type { SpriteShelf } from '../../../scripts/scenes/draw/sprite-shelf.ts';

/** Stands in for icons where only their sides matter: all are square. */
export const flatShelf: SpriteShelf = {
  sprite: () => [{ width: 1, height: 1, data: new Uint8Array(4) }],
};
