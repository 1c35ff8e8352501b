import { ANIMALS } from './animals.ts';
import { FOOD } from './food.ts';
import { HOUSEHOLD } from './household.ts';
import { LEISURE } from './leisure.ts';
import type { Noun } from './noun.ts';
import { OUTDOORS } from './outdoors.ts';
import { SHAPES } from './shapes.ts';
import { VEHICLES } from './vehicles.ts';

/** Everything that a scene can show. */
export const NOUNS: readonly Noun[] = [
  ...ANIMALS,
  ...VEHICLES,
  ...FOOD,
  ...HOUSEHOLD,
  ...OUTDOORS,
  ...LEISURE,
  ...SHAPES,
];
