import type { Scene } from '../scene.ts';
import { extentOf } from './extent.ts';
import type { Phrase } from './phrase.ts';
import type { Verdict } from './verdict.ts';

/** How many things there are, as far as a picture tells. */
export interface Amount {
  readonly least: number;
  readonly most: number;
}

/**
 * Counts what a phrase speaks of.
 *
 * @returns Null where {@linkcode extentOf} gives none.
 */
export function amountOf(scene: Scene, phrase: Phrase): Amount | null {
  const extent = extentOf(scene, phrase);
  return extent && { least: extent.certain.length, most: extent.possible.length };
}

/** The verdict on "at least this many". */
export function atLeast({ least, most }: Amount, count: number): Verdict {
  if (least >= count) return 'entailment';
  return most < count ? 'contradiction' : 'neutral';
}

/** The verdict on "exactly this many". */
export function exactly({ least, most }: Amount, count: number): Verdict {
  if (count < least || count > most) return 'contradiction';
  return least === most ? 'entailment' : 'neutral';
}
