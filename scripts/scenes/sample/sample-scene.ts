import { COLOUR_NAMES } from '../colours.ts';
import type { SpriteShelf } from '../draw/sprite-shelf.ts';
import { PLACES } from '../is-place.ts';
import type { Random } from '../random.ts';
import type { Background, Scene, SceneObject } from '../scene.ts';
import { type Split, stylesFor } from '../splits.ts';
import { placeBoxes } from './place-boxes.ts';
import { type NounGroup, sampleGroups } from './sample-groups.ts';

/** What a scene is drawn for. */
export interface SceneRequest {
  readonly split: Split;
  /** Pixels a side. */
  readonly side: number;
  readonly shelf: SpriteShelf;
}

/** Longest sides by number of things, in shares of the picture's side: below 0.2 few are told apart. */
const SIZE_RANGES: readonly (readonly [number, number])[] = [
  [0.25, 0.55],
  [0.25, 0.55],
  [0.22, 0.45],
  [0.22, 0.42],
  [0.21, 0.38],
  [0.2, 0.36],
  [0.2, 0.34],
];
const BACKDROPS: readonly [Background, ...Background[]] = ['plain', 'gradient', 'stripes', 'noise'];
const PLACE_SHARE = 0.5;
/** Black-and-white pictures leave colours open. */
const GREYSCALE_SHARE = 0.25;
const MAX_ANGLE = 15;

/** Draws what a picture shows and where. */
export function sampleScene(random: Random, { split, side, shelf }: SceneRequest): Scene {
  const heldOut = split === 'test' && random.chance(0.5) ? 'held-out' : 'any';
  const groups = sampleGroups(random, split === 'train' ? 'seen' : heldOut);
  const nouns = groups.map(({ noun }) => noun);
  const style = random.pick(stylesFor(split, nouns));
  const background = random.pick(random.chance(PLACE_SHARE) ? PLACES : BACKDROPS);
  const objects = sampleObjects(random, groups, { style, side, shelf });
  return {
    side,
    style,
    background,
    time: random.chance(0.5) ? 'day' : 'night',
    greyscale: random.chance(GREYSCALE_SHARE),
    objects,
    texture: `texture/${random.below(2 ** 32)}`,
  };
}

function sampleObjects(
  random: Random,
  groups: readonly NounGroup[],
  { style, side, shelf }: { style: string; side: number; shelf: SpriteShelf },
): SceneObject[] {
  const things = groups.flatMap(({ noun, count }) => {
    const groupColour = random.pick(COLOUR_NAMES);
    return Array.from({ length: count }, () => {
      const colour = random.chance(0.5) ? groupColour : random.pick(COLOUR_NAMES);
      return { noun, colour: noun.recolourable ? colour : null };
    });
  });
  const [least, most] = SIZE_RANGES[things.length] ?? [0.2, 0.34];
  const sizes = things.map(({ noun, colour }) => {
    const [shape] = shelf.sprite(style, noun, colour);
    const scale = random.between(least, most) / Math.max(shape.width, shape.height);
    return { width: shape.width * scale, height: shape.height * scale };
  });
  const boxes = placeBoxes(random, sizes);
  const objects = things.flatMap((thing, at) => {
    const box = boxes[at];
    if (box === undefined) return [];
    return [
      {
        ...thing,
        x: box.x * side,
        y: box.y * side,
        width: box.width * side,
        height: box.height * side,
        angle: random.between(-MAX_ANGLE, MAX_ANGLE),
        mirrored: random.chance(0.5),
      },
    ];
  });
  return random.shuffle(objects);
}
