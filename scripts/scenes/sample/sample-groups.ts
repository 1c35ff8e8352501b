import type { Noun } from '../nouns/noun.ts';
import { NOUNS } from '../nouns/nouns.ts';
import type { Random } from '../random.ts';
import { isHeldOut } from './held-out.ts';

/** Things of one noun. */
export interface NounGroup {
  readonly noun: Noun;
  readonly count: number;
}

/** How many things of each noun, at most six in all; a row listed twice comes twice as often. */
const GROUP_SIZES: readonly [readonly number[], ...(readonly number[])[]] = [
  [1],
  [2],
  [3],
  [4],
  [5],
  [1, 1],
  [1, 1],
  [2, 1],
  [2, 1],
  [3, 1],
  [4, 1],
  [2, 2],
  [3, 2],
  [4, 2],
  [3, 3],
  [1, 1, 1],
  [1, 1, 1],
  [2, 1, 1],
  [2, 2, 1],
  [3, 1, 1],
  [3, 2, 1],
  [1, 1, 1, 1],
  [2, 1, 1, 1],
  [1, 1, 1, 1, 1],
];
/** In this share of scenes one noun is certainly recolourable: colours need practice. */
const COLOUR_SHARE = 0.5;

const RECOLOURABLE = NOUNS.filter((noun) => noun.recolourable);

/**
 * Draws which nouns a scene shows, and how many of each.
 *
 * @param pairs `seen`: no held-out pair among them; `held-out`: at least one; `any`: both may be.
 */
export function sampleGroups(random: Random, pairs: 'seen' | 'held-out' | 'any'): NounGroup[] {
  for (;;) {
    const sizes = random.shuffle(random.pick(GROUP_SIZES));
    const colourful = random.chance(COLOUR_SHARE);
    const nouns = sizes.map((_, at) => {
      const from = colourful && at === 0 ? RECOLOURABLE : NOUNS;
      return from[random.below(from.length)];
    });
    const groups = nouns.flatMap((noun, at) =>
      noun === undefined ? [] : [{ noun, count: sizes[at] ?? 1 }],
    );
    if (new Set(nouns).size < sizes.length) continue;
    const names = groups.map(({ noun }) => noun.name);
    const heldOut = names.some((a, at) => names.slice(at + 1).some((b) => isHeldOut(a, b)));
    if (pairs === 'any' || heldOut === (pairs === 'held-out')) return groups;
  }
}
