import type { Random } from '../random.ts';
import type { Scene } from '../scene.ts';
import { amountOf } from './amount.ts';
import type { Phrase } from './phrase.ts';

/** Scenes seldom show more of one noun. */
const MAX_COUNT = 5;

/**
 * Draws a number to say of things: every second time how many there are, otherwise any.
 *
 * @param options.low The least number.
 */
export function proposeCount(
  scene: Scene,
  phrase: Phrase,
  { random, low }: { readonly random: Random; readonly low: number },
): number {
  const shown = amountOf(scene, phrase)?.most ?? 0;
  if (shown >= low && random.chance(0.5)) return shown;
  return low + random.below(MAX_COUNT - low + 1);
}
