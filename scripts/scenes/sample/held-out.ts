import { createRandom } from '../random.ts';

/** Of all pairs of nouns, this share is kept from training. */
const HELD_OUT_SHARE = 0.1;

/**
 * Tells whether two nouns never stand in one picture of the `train` split: a tenth of all pairs,
 * by the hash of their names. Every second scene of `test` shows such a pair.
 *
 * @param a A noun's name.
 * @param b Another's.
 */
export function isHeldOut(a: string, b: string): boolean {
  if (a === b) return false;
  const key = a < b ? `${a}+${b}` : `${b}+${a}`;
  return createRandom(`held-out/${key}`).chance(HELD_OUT_SHARE);
}
