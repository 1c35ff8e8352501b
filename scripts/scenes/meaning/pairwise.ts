import type { Scene, SceneObject } from '../scene.ts';
import { extentOf } from './extent.ts';
import type { Phrase } from './phrase.ts';
import type { Verdict } from './verdict.ts';

/**
 * Judges "an A stands so to a B".
 *
 * @param holds Whether it holds of two things; `unclear` near the border.
 * @returns Null where it depends on an unclear pair or an unclear term.
 */
export function judgePairs(
  scene: Scene,
  [first, second]: readonly [Phrase, Phrase],
  holds: (a: SceneObject, b: SceneObject) => 'yes' | 'no' | 'unclear',
): Verdict | null {
  const a = extentOf(scene, first);
  const b = extentOf(scene, second);
  if (a === null || b === null) return null;
  const answers = (from: 'certain' | 'possible') =>
    a[from].flatMap((one) => b[from].map((other) => holds(one, other)));
  if (answers('certain').includes('yes')) return 'entailment';
  const possible = answers('possible');
  if (possible.includes('unclear')) return null;
  return possible.includes('yes') ? 'neutral' : 'contradiction';
}
