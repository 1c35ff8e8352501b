import type { Term } from './noun.ts';
import { term } from './term.ts';

/** Terms wider than any noun; a noun can be a wider term too, as `bird` is for an owl. */
export const HYPERNYMS: readonly Term[] = [
  term('animal'),
  term('insect'),
  term('vehicle'),
  term('boat'),
  term('fruit', { plural: 'fruits' }),
  term('flower'),
  term('building'),
  term('ball'),
  term('instrument'),
];
